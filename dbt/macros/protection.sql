{# The cells to hide so that none of fewer than `seuil` things can be read, nor found again from the others: common table
   expressions over `cellule` (kpi_id, volet, periode, axe, modalite, axe_parent, modalite_parent, niveau, nb, seuil, est_primaire), ending with
   `cellule_protegee`. The values of an axis share out those of its parent, and at level 1 those of the whole.

   Going up, a group that hides a cell hides others with it until they are two at least, rest on `seuil` things together, and on more
   than one each: their total tells none of them. The smallest that rests on `seuil` things goes first, so that one is most often enough.
   When the whole group does not suffice, its parent is hidden too. Going down, a parent that is hidden while all its parts are shown
   hides one of them in the same way: their sum would tell it.
   `reste` is what stays unknown of a cell once it is hidden: its hidden parts, if it has any. #}
{% macro cellules_protegees() -%}
{%- set groupe = "kpi_id, volet, periode, axe, axe_parent, modalite_parent" -%}
{%- set groupe_montee = "montee." ~ groupe.replace(", ", ", montee.") -%}
{%- for niveau in [3, 2, 1] %}
etat_{{ niveau }} as (
    select
        cellule.*,
        {%- if niveau < 3 %}
        cellule.est_primaire or coalesce(partie.est_insuffisant, false) as est_ouverte,
        case
            when partie.reste is null then cellule.nb
            when partie.reste > 0 then partie.reste
            else least(cellule.nb, cellule.seuil)
        end as reste
        {%- else %}
        cellule.est_primaire as est_ouverte,
        cellule.nb as reste
        {%- endif %}
    from cellule
    {%- if niveau < 3 %}
    left join partie_{{ niveau + 1 }} as partie
        on
            cellule.kpi_id = partie.kpi_id
            and cellule.volet = partie.volet
            and cellule.periode = partie.periode
            and cellule.axe = partie.axe_parent
            and cellule.modalite = partie.modalite_parent
    {%- endif %}
    where cellule.niveau = {{ niveau }}
),

rang_{{ niveau }} as (
    select
        *,
        row_number() over (partition by {{ groupe }} order by est_ouverte desc, nb < seuil, nb, modalite) as rang,
        sum(reste) over (
            partition by {{ groupe }} order by est_ouverte desc, nb < seuil, nb, modalite rows between unbounded preceding and current row
        ) as cumul,
        count(*) filter (where est_ouverte) over (partition by {{ groupe }}) as nb_ouvertes
    from etat_{{ niveau }}
),

coupe_{{ niveau }} as (
    select
        *,
        min(rang) filter (where rang >= greatest(2, nb_ouvertes) and cumul >= greatest(seuil, rang + 1)) over (
            partition by {{ groupe }}
        ) as coupe
    from rang_{{ niveau }}
),

montee_{{ niveau }} as (
    select
        *,
        nb_ouvertes > 0 and rang <= coalesce(coupe, rang) as est_masquee,
        nb_ouvertes > 0 and coupe is null as est_insuffisant
    from coupe_{{ niveau }}
),

groupe_{{ niveau }} as (
    select
        {{ groupe }},
        bool_or(est_insuffisant) as est_insuffisant,
        coalesce(sum(reste) filter (where est_masquee), 0) as reste
    from montee_{{ niveau }}
    group by all
),

partie_{{ niveau }} as (
    select
        kpi_id,
        volet,
        periode,
        axe_parent,
        modalite_parent,
        bool_or(est_insuffisant) as est_insuffisant,
        min(reste) as reste
    from groupe_{{ niveau }}
    group by all
),
{% endfor %}
racine as (
    select
        kpi_id,
        volet,
        periode,
        bool_or(coalesce(niveau = 0 and est_primaire, false)) as est_primaire
    from cellule
    group by all
),

tout as (
    select
        racine.kpi_id,
        racine.volet,
        racine.periode,
        racine.est_primaire or coalesce(bool_or(partie.est_insuffisant), false) as est_protegee
    from racine
    left join partie_1 as partie
        on racine.kpi_id = partie.kpi_id and racine.volet = partie.volet and racine.periode = partie.periode
    group by racine.kpi_id, racine.volet, racine.periode, racine.est_primaire
),

{%- for niveau in [1, 2, 3] %}

parent_{{ niveau }} as (
    select
        montee.*,
        parent.est_protegee as est_parent_protege,
        count(*) filter (where montee.est_masquee) over (partition by {{ groupe_montee }}) as nb_masquees,
        coalesce(sum(montee.reste) over (
            partition by {{ groupe_montee }}
            order by montee.nb < montee.seuil, montee.nb, montee.modalite rows between unbounded preceding and 1 preceding
        ), 0) as cumul_precedent
    from montee_{{ niveau }} as montee
    inner join {{ "tout" if niveau == 1 else "descente_" ~ (niveau - 1) }} as parent
        on
            montee.kpi_id = parent.kpi_id
            and montee.volet = parent.volet
            and montee.periode = parent.periode
            {%- if niveau > 1 %}
            and montee.axe_parent = parent.axe
            and montee.modalite_parent = parent.modalite
            {%- endif %}
),

descente_{{ niveau }} as (
    select
        kpi_id,
        volet,
        periode,
        axe,
        modalite,
        seuil,
        est_masquee or (est_parent_protege and nb_masquees = 0 and cumul_precedent < seuil) as est_protegee
    from parent_{{ niveau }}
),
{%- endfor %}

cellule_protegee as (
    select
        cellule.kpi_id,
        cellule.volet,
        cellule.periode,
        cellule.axe,
        cellule.modalite,
        cellule.seuil
    from cellule
    inner join tout on cellule.kpi_id = tout.kpi_id and cellule.volet = tout.volet and cellule.periode = tout.periode
    where cellule.niveau = 0 and tout.est_protegee
    {%- for niveau in [1, 2, 3] %}
    union all
    select
        kpi_id,
        volet,
        periode,
        axe,
        modalite,
        seuil
    from descente_{{ niveau }}
    where est_protegee
    {%- endfor %}
)
{%- endmacro %}
