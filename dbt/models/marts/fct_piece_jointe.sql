-- Grain: one attachment, never copied to each period.
with piece as (
    select
        piece.* exclude (convention_id),
        convention.convention_id
    from {{ ref('int_piece_jointe') }} as piece
    left join {{ ref('int_convention_recue') }} as convention on piece.convention_id = convention.convention_id
)

select
    {{ published_columns() }}
from piece
