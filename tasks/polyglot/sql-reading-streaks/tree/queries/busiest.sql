select day, count(distinct reader_id) as readers, sum(minutes) as minutes
from sessions
group by day
order by minutes desc, day
limit 10;
