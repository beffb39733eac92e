create table readers (
    id integer primary key,
    name text not null unique
);

create table sessions (
    id integer primary key,
    reader_id integer not null references readers (id),
    day text not null,            -- ISO date
    minutes integer not null
);
