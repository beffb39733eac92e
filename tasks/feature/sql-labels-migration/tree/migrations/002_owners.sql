create table owners (
    id integer primary key,
    name text not null unique
);

alter table notes add column owner_id integer references owners (id);

create index notes_by_owner on notes (owner_id);
