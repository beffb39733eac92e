with reading_days as (
    select distinct reader_id, day
    from sessions
    where minutes >= 5
),
numbered as (
    select
        reader_id,
        day,
        julianday(day) - row_number() over (partition by reader_id order by day) as run
    from reading_days
),
runs as (
    select reader_id, count(*) as days, min(day) as from_day
    from numbered
    group by reader_id, run
),
ranked as (
    select
        runs.*,
        row_number() over (partition by reader_id order by days desc, from_day) as place
    from runs
)
select
    readers.name,
    coalesce(ranked.days, 0) as days,
    ranked.from_day
from readers
left join ranked on ranked.reader_id = readers.id and ranked.place = 1
order by days desc, readers.name;
