-- Grain: one agrément and one agreement, linked or to be looked at, by the best of the ways that bring them together.
with rapproche as (
    select
        agrement_id,
        convention_id,
        methode,
        confiance,
        statut,
        reference,
        [financement_convention] as financements,
        nb_logements_convention,
        codes_commune,
        sirens,
        sirens_suivis,
        parcelles,
        nature_convention,
        annee_convention,
        est_annee_de_signature,
        null::boolean as est_parcelle_commune,
        false as est_numero_autre,
        null::bigint as nb_conventions_proches,
        null::bigint as nb_agrements_proches
    from {{ ref('int_rapprochement_numero') }}
    union all by name
    select
        agrement_id,
        convention_id,
        'ressemblance' as methode,
        confiance,
        statut,
        numeros[1] as reference,
        financements,
        nb_logements_convention,
        [code_commune] as codes_commune,
        [siren_convention] as sirens,
        null::varchar[] as sirens_suivis,
        parcelles,
        nature_convention,
        annee_convention,
        est_annee_de_signature,
        est_parcelle_commune,
        est_numero_autre,
        nb_conventions_proches,
        nb_agrements_proches
    from {{ ref('int_rapprochement_ressemblance') }}
),

retenu as (
    select *
    from rapproche
    qualify row_number() over (
        partition by agrement_id, convention_id
        order by statut = 'lien' desc, confiance desc, methode asc
    ) = 1
),

compare as (
    select
        retenu.*,
        agrement.numero_operation,
        agrement.source as source_agrement,
        agrement.financement as financement_agrement,
        agrement.nb_logements_adaptes_compris as nb_logements_agrement,
        agrement.annee as annee_agrement,
        agrement.origine_annee,
        agrement.code_departement,
        agrement.code_commune as commune_agrement,
        agrement.siren_maitre_ouvrage as siren_agrement,
        retenu.nb_logements_convention - agrement.nb_logements_adaptes_compris as ecart_logements,
        retenu.annee_convention - agrement.annee as ecart_annees,
        list_contains(retenu.financements, agrement.financement) as est_meme_financement,
        list_contains(retenu.codes_commune, agrement.code_commune) as est_meme_commune,
        list_contains(retenu.sirens, agrement.siren_maitre_ouvrage) as est_meme_siren,
        retenu.methode = 'ressemblance'
        or list_contains(retenu.sirens_suivis, coalesce(absorption.siren_suivi, agrement.siren_maitre_ouvrage)) as est_meme_suite,
        {{ natures_differentes('agrement.nature_comparable', 'retenu.nature_convention') }} as est_nature_differente,
        agrement.nature_comparable as nature_agrement
    from retenu
    inner join {{ ref('int_agrement') }} as agrement on retenu.agrement_id = agrement.agrement_id
    left join {{ ref('int_absorption') }} as absorption on agrement.siren_maitre_ouvrage = absorption.siren
)

select
    agrement_id,
    convention_id,
    methode,
    confiance,
    statut,
    numero_operation,
    source_agrement,
    origine_annee,
    code_departement,
    financement_agrement,
    financements as financements_convention,
    nb_logements_agrement,
    nb_logements_convention,
    ecart_logements,
    annee_agrement,
    annee_convention,
    ecart_annees,
    codes_commune,
    sirens,
    concat_ws(
        ' ; ',
        case methode
            when 'numero_exact' then 'même numéro d''opération (' || numero_operation || ')'
            when 'numero_normalise' then 'numéro de l''opération lu dans « ' || reference || ' »'
            when 'numero_autre_financement' then 'même numéro d''opération (' || numero_operation || '), autre financement'
            else 'sans numéro commun'
        end,
        case when est_numero_autre then 'la convention porte un autre numéro d''opération (' || reference || ')' end,
        case
            when est_meme_siren then 'même bailleur (' || siren_agrement || ')'
            when est_meme_suite then 'bailleur ' || siren_agrement || ', devenu ' || sirens[1] || ' par fusion'
            when siren_agrement is null or len(sirens) is null then 'bailleur inconnu d''un côté'
            else 'bailleurs différents (' || siren_agrement || ', ' || list_aggregate(sirens, 'string_agg', ', ') || ')'
        end,
        case
            when est_meme_commune then 'même commune (' || commune_agrement || ')'
            when commune_agrement is null or len(codes_commune) is null then 'commune inconnue d''un côté'
            else 'communes différentes (' || commune_agrement || ', ' || list_aggregate(codes_commune, 'string_agg', ', ') || ')'
        end,
        case
            when est_meme_financement then 'même financement (' || financement_agrement || ')'
            else
                'financement ' || financement_agrement || ' agréé, '
                || list_aggregate(financements, 'string_agg', ', ') || ' conventionné'
        end,
        case
            when ecart_logements is null then 'nombre de logements inconnu d''un côté'
            when ecart_logements = 0 then nb_logements_agrement || ' logements de part et d''autre'
            else nb_logements_agrement || ' logements agréés, ' || nb_logements_convention || ' conventionnés'
        end,
        case
            when ecart_annees is null then 'année inconnue d''un côté'
            else
                {{ annee_dite('annee_agrement', 'origine_annee') }}
                || case when est_annee_de_signature then ', signée en ' else ', déposée en ' end || annee_convention
        end,
        case when est_nature_differente then 'natures différentes (' || nature_agrement || ', ' || nature_convention || ')' end,
        case when est_parcelle_commune then 'une parcelle commune' end,
        case when statut = 'a_verifier' and nb_conventions_proches > 1 then nb_conventions_proches || ' conventions se valent' end,
        case when statut = 'a_verifier' and nb_agrements_proches > 1 then nb_agrements_proches || ' agréments se valent' end
    ) as explication
from compare
