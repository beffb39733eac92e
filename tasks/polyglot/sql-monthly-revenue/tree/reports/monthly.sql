-- One row a month; the README says what each column means.
select
    strftime('%Y-%m', o.placed_on) as month,
    count(*) as orders,
    sum(i.quantity * i.price_cents) as revenue_cents,
    coalesce(sum(p.cents), 0) as paid_cents
from orders as o
join items as i on i.order_id = o.id
left join payments as p on p.order_id = o.id
where o.cancelled = 0
group by strftime('%Y-%m', o.placed_on)
order by month;
