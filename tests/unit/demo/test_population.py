"""Without planted case the population is regulatory, and it holds the shapes that a warehouse must survive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.unit.demo.conftest import Demo

CONVENTION = """
    with c as (
        select
            a.id, a.noreglementaire, a.datedepot, a.conventioninstruite_id, a.entitecreatrice_id,
            p.* exclude (id), p.id as periode_id,
            e.code as etat, nl.code as nature, nb.code as bailleur, t.datedebutvalidite, t.naturelogement_id as type_nature,
            t.naturebailleur_id as type_bailleur, tcv.code as reconduction,
            p.datesignatureprefet as signature,
            case
                when nb.code in ('1', '2') or d.codeinsee like '97_' then p.datesignatureprefet else p.datepublication
            end as effet,
            d.codeinsee as departement
        from conventionapl a
        join conventiondonneesgenerales p on p.conventionapl_id = a.id and p.estcourante
        join valeurparamstatic e on e.id = p.etatconvention_id
        join naturelogement nl on nl.id = p.naturelogement_id
        join naturebailleur nb on nb.id = p.naturebailleur_id
        join conventiontype t on t.id = p.conventiontype_id
        join valeurparamstatic tcv on tcv.id = t.typeconvention_id
        join entitegest g on g.id = a.entitecreatrice_id
        join departement d on lpad(d.codeinsee, 3, '0') = substr(g.code, case when g.code like 'EPC%' then 4 else 3 end, 3)
    ),
    l as (
        select q.*, f.code as financement, f.finvalidite, m.code as famille, k.code as regime, o.departement_id,
            coalesce(q.montantplafondloyercolinitial, q.montantplafondloyerindinitial) as loyer
        from programmelogement q
        join typefinancement f on f.id = q.typefinancement_id
        join famillefinancement m on m.id = f.famillefinancement_id
        join commune o on o.id = q.commune_id
        left join valeurparamstatic k on k.id = q.typesurface_id
    ),
    g as (
        select l.id as programme, l.conventiondonneesgenerales_id as periode, l.loyer as plafond, l.regime, h.*
        from logement h join l on l.id = h.programmelogement_id
    )
"""
VIVANTES = "c.etat not in ('ANI', 'ANS')"
FINANCEE = "c join l on l.conventiondonneesgenerales_id = c.periode_id"

FAUTES = {
    "mixed after the ban": f"""
        select c.id from {FINANCEE} where {VIVANTES} and coalesce(signature, datedepot) >= date '2024-02-08'
        group by c.id having count(distinct case when financement in ('18', '22', '93') then 'S' else famille end) > 1""",
    "financing closed before the signature": f"select c.id from {FINANCEE} where finvalidite < coalesce(signature, datedepot)",
    "financing that no agreement may have": f"select c.id from {FINANCEE} where famille = 'PLI'",
    "PLS in a residence for workers": f"select c.id from {FINANCEE} where famille = 'PLS' and nature in ('4', '5', '6')",
    "less than nine years": "select id from c where dateexpirationinitiale < effet + interval 9 year - interval 1 day",
    "PLS under fifteen years": f"""
        select c.id from {FINANCEE} where famille = 'PLS' and dateexpirationinitiale < effet + interval 15 year - interval 1 day""",
    "PLS over forty years": f"""
        select c.id from {FINANCEE}
        where famille = 'PLS' and dateexpirationinitiale > effet + interval 40 year + interval 366 day""",
    "duration that disagrees": """
        select id from c where abs(duree - date_diff('day', signature, dateexpirationinitiale) / 365.25) > 1""",
    "initial term after the term": "select id from c where dateexpirationinitiale > dateexpiration",
    "term too far": "select id from c where dateexpiration > signature + interval 65 year or year(dateexpiration) > 2100",
    "in force without term": """
        select id from c where etat = 'OPP' and dateexpiration is null
        and id not in (
            select conventionapl_id from avenant where nouvelledateexpiration is not null and datesignatureprefet is not null)""",
    "prefect before owner": "select id from c where signature < datesignaturebailleur",
    "deposit after signature": "select id from c where datedepot > signature",
    "publication before signature": "select id from c where datepublication < signature",
    "sent to registration out of order": """
        select id from c where dateenvoihypotheque < signature or dateenvoihypotheque > datepublication
        or daterefushypotheque not between dateenvoihypotheque and datepublication""",
    "something in the future": """
        select id from c where greatest(datedepot, signature, datepublication, dateenvoicaf, dateresiliationprefet, dateannulation,
        dateenvoihypotheque, datehistoriquedebut, datedernierrenouvellement, datedemandedenonciation) > date '2026-10-31'""",
    "amendment in the future": """
        select id from avenant
        where greatest(datedepot, datesignatureprefet, datepublication, dateannulation) > date '2026-10-31'""",
    "event or document in the future": """
        select id from evenement where date > date '2026-10-31'
        union all select id from piecejointe where date > date '2026-10-31'""",
    "type younger than the signature": "select id from c where coalesce(signature, datedepot) < datedebutvalidite",
    "type of another kind of dwellings": "select id from c where type_nature <> naturelogement_id",
    "type of another kind of owner": "select id from c where type_bailleur <> naturebailleur_id",
    "type superseded at signature": """
        select c.id from c join conventiontype t on t.naturelogement_id = c.type_nature
        and t.naturebailleur_id is not distinct from c.type_bailleur and t.typeconvention_id =
            (select typeconvention_id from conventiontype u where u.id = c.conventiontype_id)
        where t.datedebutvalidite > c.datedebutvalidite and t.datedebutvalidite <= c.signature
        and not regexp_matches(t.libelle, 'PCL|PAP|Rénovation|BADET|PLS|PALULOS')""",
    "owner of another sector": f"""
        select c.id from {FINANCEE} join bailleur b on b.id = l.bailleurproprietaire_id
        join sousnaturebailleur s on s.id = b.sousnaturebailleur_id where s.naturebailleur_id <> c.naturebailleur_id""",
    "signature that changes between periods": """
        select conventionapl_id from conventiondonneesgenerales where datesignatureprefet is not null
        group by 1 having count(distinct datesignatureprefet) > 1""",
    "gap or overlap in the history": """
        select id from conventiondonneesgenerales
        qualify lead(datehistoriquedebut) over (partition by conventionapl_id order by datehistoriquedebut)
            <> datehistoriquefin + interval 1 day or datehistoriquefin < datehistoriquedebut""",
    "current period that is not the last": """
        select conventionapl_id from conventiondonneesgenerales group by 1
        having count(*) filter (estcourante) <> 1 or count(*) filter (datehistoriquefin is null) <> 1
        or bool_or(estcourante <> (datehistoriquefin is null))""",
    "instruction of another agreement": """
        select c.id from c left join conventiondonneesgenerales i on i.id = c.conventioninstruite_id
        where i.conventionapl_id is distinct from c.id""",
    "in force, never published, owner not HLM nor SEM": """
        select id from c where etat = 'OPP' and bailleur in ('3', '6') and departement not like '97_' and datepublication is null
        and signature < date '2026-10-31' - interval 180 day""",
    "epoch as a date": "select id from logement where datecreation = 0 union all select id from annexe where datecreation = 0",
    "two rents in a programme": "select id from l where montantplafondloyerindinitial <> montantplafondloyercolinitial",
    "rent that is not area by ceiling by coefficient": """
        select id from g where regime = 'SU' and abs(montantloyer - surfaceutile * plafond * coefficientmodulation) > 1""",
    "coefficients that raise the rents": """
        select programme from g where regime is not null group by 1, regime
        having sum(coefficientmodulation * coalesce(surfaceutile, surfacecorrigee) * nblogements)
            > sum(coalesce(surfaceutile, surfacecorrigee) * nblogements) + 0.0001""",
    "coefficient with five decimals": "select id from g where coefficientmodulation <> round(coefficientmodulation, 4)",
    "rent out of bounds": "select id from g where montantloyer not between 20 and 3000",
    "ordinary dwellings in force without ceiling": f"""
        select c.id from {FINANCEE} where etat = 'OPP' and nature = '1' and loyer is null""",
    "monthly and yearly ceilings confused": "select id from l where regime = 'SC' and loyer < 15 or regime = 'SU' and loyer > 20",
    "rent by area in a foyer": f"select c.id from {FINANCEE} where nature <> '1' and (loyer is not null or regime is not null)",
    "foyer without charge": f"select c.id from {FINANCEE} where nature <> '1' and montantplafondredevancelitinitial is null",
    "foyer without manager": f"select c.id from {FINANCEE} where nature <> '1' and bailleurgestionnaire_id is null",
    "annexe in a foyer": f"select c.id from {FINANCEE} join annexe x on x.programmelogement_id = l.id where nature <> '1'",
    "useful area that is not living area plus half": """
        select id from g
        where abs(surfaceutile - surfacehabitable - surfaceannexe / 2) > 0.05 or surfaceutile < surfacehabitable""",
    "area per dwelling out of bounds": f"""
        select l.id from {FINANCEE} where coalesce(surfacehabitable / nullif(logementsnombretotal, 0), 50) not between 9 and 250""",
    "programme whose area is not that of its dwellings": f"""
        select l.id from {FINANCEE} join g on g.programme = l.id group by l.id
        having abs(sum(g.surfaceutile * g.nblogements) - any_value(l.surfaceutile)) > 1
        or abs(sum(g.surfacehabitable * g.nblogements) - any_value(l.surfacehabitable)) > 1""",
    "counts that disagree": f"""
        select l.id from {FINANCEE}
        join (select programmelogement_id, sum(nblogtind) as ind, sum(nblogtcol) as col from infostypelogement group by 1) r
            on r.programmelogement_id = l.id
        join (select programmelogement_id, sum(nblogements) as nb from logement group by 1) n on n.programmelogement_id = l.id
        where l.logementsnombretotal <> n.nb or ind <> l.logementsnombreindtotal or col <> l.logementsnombrecoltotal
            or ind + col <> n.nb""",
    "in force without dwelling": f"select c.id from {FINANCEE} where etat = 'OPP' and coalesce(logementsnombretotal, 0) = 0",
    "two dwellings at one place": f"""
        select c.id from {FINANCEE} join g on g.programme = l.id
        group by c.id, numerobatiment, noescalier, etage, numerologement having count(*) > 1""",
    "reservation that disagrees": """
        select id from l where abs(reservationprefnombre - reservationprefpourcentage * logementsnombretotal / 100) > 1""",
    "publication without reference": """
        select id from c where (datepublication is null) <> (referencepublication is null)
        or not contains(referencepublication, year(datepublication)::varchar)""",
    "reference used twice": """
        select departement, any_value(referencepublication) from (
            select departement, referencepublication from c
            union all select c.departement, v.referencepublication from avenant v join c on c.id = v.conventionapl_id
        ) where referencepublication is not null
        group by
            departement,
            regexp_extract(referencepublication, '(^|Vol. +)([0-9]{4})', 2),
            regexp_extract(referencepublication, '[0-9]+$')
        having count(*) > 1""",
    "refusal without reason": "select id from c where daterefushypotheque is not null and coalesce(motifrefushypotheque, '') = ''",
    "parcel badly written": """
        select id from infocadastrale where not regexp_full_match(section, '[A-Z]{1,2}') or superficie <= 0
        or not regexp_full_match(parcelle, '[0-9]{1,4}(/[0-9]{1,4})*')""",
    "parcel of two agreements": """
        select commune_id, section, ltrim(parcelle, '0') from infocadastrale k join l on l.id = k.programmelogement_id
        join conventiondonneesgenerales p on p.id = l.conventiondonneesgenerales_id
        group by all having count(distinct conventionapl_id) > 1""",
    "address of two agreements": """
        select ligne3, ville, codepostal, commune_id from programmeadresse k join l on l.id = k.programmelogement_id
        join conventiondonneesgenerales p on p.id = l.conventiondonneesgenerales_id
        group by all having count(distinct conventionapl_id) > 1""",
    "amendment of an agreement that is not published": """
        select v.id from avenant v join c on c.id = v.conventionapl_id
        where v.datesignatureprefet <= c.datepublication or c.datepublication is null""",
    "amendments badly numbered": """
        select conventionapl_id from avenant group by 1 having min(numero) <> 1 or max(numero) <> count(*)""",
    "amendment without type": "select id from avenant where id not in (select avenant_id from avenant_typeavenant)",
    "extension without new term": """
        select v.id from avenant v join avenant_typeavenant t on t.avenant_id = v.id
        join valeurparamstatic s on s.id = t.typeavenant_id
        where s.code = '5' and nouvelledateexpiration is null""",
    "new term that its period does not have": """
        select v.id from avenant v join conventiondonneesgenerales p on p.avenant_id = v.id
        where v.nouvelledateexpiration <> p.dateexpiration""",
    "term that an amendment brings nearer": """
        select v.id from avenant v join conventiondonneesgenerales p on p.id = v.conventionprecedente_id
        where v.nouvelledateexpiration <= p.dateexpiration""",
    "manager changed in ordinary dwellings": """
        select v.id from avenant v join c on c.id = v.conventionapl_id join avenant_typeavenant t on t.avenant_id = v.id
        join valeurparamstatic s on s.id = t.typeavenant_id where s.code = '4' and nature = '1'""",
    "sale or demolition that leaves as many dwellings": """
        select v.id from avenant v join avenant_typeavenant t on t.avenant_id = v.id
        join valeurparamstatic s on s.id = t.typeavenant_id
        join (select conventiondonneesgenerales_id as p, sum(logementsnombretotal) as nb from l group by 1) n
            on n.p = v.conventiondonneesgenerales_id
        join (select conventiondonneesgenerales_id as p, sum(logementsnombretotal) as nb from l group by 1) o
            on o.p = v.conventionprecedente_id
        where s.code in ('2', '3') and n.nb >= o.nb""",
    "owner changed without the amendment for it": """
        select v.id from avenant v
        join l n on n.conventiondonneesgenerales_id = v.conventiondonneesgenerales_id
        join l o on o.conventiondonneesgenerales_id = v.conventionprecedente_id and o.ordre = n.ordre
        where n.bailleurproprietaire_id <> o.bailleurproprietaire_id and v.id not in (
            select avenant_id from avenant_typeavenant t join valeurparamstatic s on s.id = t.typeavenant_id where s.code = '1')""",
    "family changed without amendment": """
        select id from (
            select p.id, p.conventionapl_id, p.datehistoriquedebut, p.avenant_id,
                coalesce(string_agg(distinct famille, ',' order by famille), '') as f
            from conventiondonneesgenerales p left join l on l.conventiondonneesgenerales_id = p.id
            group by all
        ) qualify lag(f) over (partition by conventionapl_id order by datehistoriquedebut) <> f and avenant_id is null""",
    "not signed and in force, or the reverse": """
        select id from c where (etat in ('INS', 'ANI')) <> (signature is null)""",
    "ended without its date, or the reverse": """
        select id from c where (etat = 'RES') <> (dateresiliationprefet is not null)
        or (etat = 'DEN') <> (datedemandedenonciation is not null) or (etat in ('ANI', 'ANS')) <> (dateannulation is not null)""",
    "denounced too late or out of term": """
        select id from c where etat = 'DEN' and (datedemandedenonciation > dateexpiration - interval 6 month
        or datehistoriquedebut <> dateexpiration + interval 1 day)""",
    "ANAH without renewal still in force after its term": """
        select id from c where reconduction = '3' and etat = 'OPP' and dateexpiration < date '2026-10-31'""",
    "programme ended in an agreement in force": f"""
        select c.id from {FINANCEE} join valeurparamstatic v on v.id = l.etatprogramme_id where etat = 'OPP' and v.code <> 'ENC'""",
    "overseas, not a foyer": "select id from c where departement like '97_' and nature = '1'",
    "overseas, before the decree": "select id from c where departement like '97_' and signature < date '2023-04-03'",
    "office of another département": f"""
        select c.id from {FINANCEE} join departement d on d.id = l.departement_id where d.codeinsee <> c.departement""",
    "commune of another département": """
        select o.id from commune o join departement d on d.id = o.departement_id
        where o.code not like 'A%' and not starts_with(o.code, d.codeinsee)""",
    "no programme, and neither abandoned nor cancelled": f"""
        select c.id from c where {VIVANTES} and periode_id not in (select conventiondonneesgenerales_id from l)""",
    "number used twice": """
        select 1 from c group by departement, upper(regexp_replace(noreglementaire, '[-/. ]', '', 'g')) having count(*) > 1""",
    "SIREN of two owners, or SIRET of another SIREN": """
        select codesiren from bailleur where codesiren is not null group by 1 having count(*) > 1
        union all select codesiren from bailleur where not starts_with(codesiret, codesiren)""",
    "agrément over two owners or communes": f"""
        select financementreferencedossier from {FINANCEE} where financementreferencedossier is not null group by 1
        having count(distinct c.id) > 1 or count(distinct bailleurproprietaire_id) > 1 or count(distinct commune_id) > 1""",
    "agrément badly written": """
        select id from l where not regexp_matches(
            regexp_replace(upper(financementreferencedossier), '[^A-Z0-9]', '', 'g'), '[0-9]{4}([0-9]{5}|DD[0-9]{3})[0-9]{4}')""",
    "private owner with social financing": f"""
        select c.id from {FINANCEE}
        where bailleur = '6' and famille in ('PLUS', 'PLAI') and financement not in ('17', '18', '19', '20', '81')""",
    "events out of order": """
        select id from evenement qualify lag(date) over (partition by conventionapl_id order by id) > date""",
}

FORMES = {
    "mixed before the ban": f"select c.id from {FINANCEE} group by c.id having count(distinct famille) > 1",
    "one family with something else than PLUS and PLAI": f"""
        select c.id from {FINANCEE} group by c.id
        having bool_or(financement = '22') and bool_or(financement in ('1', '2'))""",
    "two communes": f"select c.id from {FINANCEE} group by c.id having count(distinct commune_id) > 1",
    "two owners": f"select c.id from {FINANCEE} group by c.id having count(distinct bailleurproprietaire_id) > 1",
    "no programme": "select id from c where periode_id not in (select conventiondonneesgenerales_id from l)",
    "distorted commune code": "select id from commune where regexp_matches(code, '^[A-Z]')",
    "former commune code": "select id from commune where not estactive",
    "Corsica": "select id from c where departement in ('2A', '2B')",
    "tacit renewal": "select id from c where etat = 'OPP' and dateexpiration < date '2026-10-31'",
    "unpublished": "select id from c where etat = 'OPP' and datepublication is null",
    "refused once by registration": "select id from c where daterefushypotheque is not null",
    "cancelled amendment with a new term": """
        select id from avenant where dateannulation is not null and nouvelledateexpiration is not null""",
    "pending amendment": "select id from avenant where estencours",
    "unpublished amendment": "select id from avenant where datesignatureprefet is not null and datepublication is null",
    "amendment of two types": "select avenant_id from avenant_typeavenant group by 1 having count(*) > 1",
    "take-over": "select id from conventiondonneesgenerales where descriptifhistorique = 'Convention initiale reprise'",
    "zeros that mean unknown": "select id from l where logementsnombretotal = 0",
    "row for several dwellings": "select id from logement where nblogements > 1",
    "yearly rent": "select id from l where regime = 'SC'",
    "parcels without zeros": "select id from infocadastrale where length(parcelle) < 4",
    "two parcels in one field": "select id from infocadastrale where parcelle like '%/%'",
    "several addresses": "select programmelogement_id from programmeadresse group by 1 having count(*) > 1",
    "empty and missing address lines": "select id from programmeadresse where ligne1 = '' and ligne2 is null",
    "no building nor stairs": "select id from logement where numerobatiment is null and noescalier is null",
    "house with its own address": "select id from logement where adresse_id is not null",
    "owner known by a personal code": "select id from bailleur where codepersonne is not null and codesiren is null",
    "ANAH as an owner": "select id from bailleur where raisonsociale = 'ANAH'",
    "contact without first name": "select id from contactbailleur where prenom is null",
    "document without extension": "select id from piecejointe where fichier not like '%.%'",
    "council": "select c.id from c join entitegest g on g.id = c.entitecreatrice_id where g.code like 'CG%'",
    "conurbation": "select c.id from c join entitegest g on g.id = c.entitecreatrice_id where g.code like 'EPC%'",
    **{f"nature {nature}": f"select id from c where nature = '{nature}'" for nature in "1234567"},
    **{f"sector {secteur}": f"select id from c where bailleur = '{secteur}'" for secteur in "1236"},
    **{f"state {etat}": f"select id from c where etat = '{etat}'" for etat in ("INS", "OPP", "RES", "DEN", "ANI", "ANS")},
    **{f"ANAH code {code}": f"select id from l where financement = '{code}'" for code in ("17", "18", "19", "81")},
    **{
        f"type {decret}": f"select c.id from c join conventiontype t on t.id = c.conventiontype_id where t.libelle like '{decret}%'"
        for decret in ("77-1131", "80-429", "2006-1200", "84-668", "2021-1862")
    },
}


@pytest.mark.parametrize("faute", FAUTES)
def test_nobody_breaks_a_rule_unless_asked_to(faute: str, reglementaire: Demo) -> None:
    assert reglementaire.lignes(CONVENTION + FAUTES[faute])[:3] == []


@pytest.mark.parametrize("forme", FORMES)
def test_the_demo_holds(forme: str, demo: Demo) -> None:
    assert demo.lignes(CONVENTION + FORMES[forme]) != []
