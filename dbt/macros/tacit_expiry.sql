{# First date among expiration, expiration + renewal, expiration + 2 × renewal… that is not before the reference date.
   Null when the agreement has no tacit renewal (renewal is null or zero) or no expiry. #}
{% macro tacit_expiry(expiration, renewal_years, reference) -%}
case
    when {{ renewal_years }} > 0
        then ({{ expiration }} + to_years((
            {{ renewal_years }} * ceil(
                greatest(
                    0,
                    date_diff('year', {{ expiration }}, {{ reference }})
                    + ({{ expiration }} + to_years(date_diff('year', {{ expiration }}, {{ reference }})::integer) < {{ reference }})::integer
                ) / {{ renewal_years }}
            )
        )::integer))::date
end
{%- endmacro %}
