create table orders (
    id integer primary key,
    placed_on text not null,          -- ISO date
    cancelled integer not null default 0
);

create table items (
    id integer primary key,
    order_id integer not null references orders (id),
    quantity integer not null,
    price_cents integer not null
);

create table payments (
    id integer primary key,
    order_id integer not null references orders (id),
    paid_on text not null,
    cents integer not null
);
