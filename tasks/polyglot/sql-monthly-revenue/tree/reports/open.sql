-- Orders that are not paid in full, the oldest first.
select
    o.id as order_id,
    o.placed_on,
    coalesce((select sum(quantity * price_cents) from items where order_id = o.id), 0)
        - coalesce((select sum(cents) from payments where order_id = o.id), 0) as open_cents
from orders as o
where o.cancelled = 0
    and open_cents > 0
order by o.placed_on, o.id;
