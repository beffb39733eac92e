-- One row a month; the README says what each column means.
select
    strftime('%Y-%m', o.placed_on) as month,
    count(*) as orders,
    coalesce(sum(ordered.cents), 0) as revenue_cents,
    coalesce(sum(paid.cents), 0) as paid_cents
from orders as o
left join (
    select order_id, sum(quantity * price_cents) as cents from items group by order_id
) as ordered on ordered.order_id = o.id
left join (
    select order_id, sum(cents) as cents from payments group by order_id
) as paid on paid.order_id = o.id
where o.cancelled = 0
group by strftime('%Y-%m', o.placed_on)
order by month;
