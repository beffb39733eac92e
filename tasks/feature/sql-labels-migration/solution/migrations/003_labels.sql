create table labels (
    id integer primary key,
    name text not null unique
);

create table note_labels (
    note_id integer not null references notes (id) on delete cascade,
    label_id integer not null references labels (id),
    primary key (note_id, label_id)
);

create temporary table split_labels as
with recursive pieces (note_id, piece, rest) as (
    select id, '', labels || ',' from notes where labels is not null
    union all
    select note_id, trim(substr(rest, 1, instr(rest, ',') - 1)), substr(rest, instr(rest, ',') + 1)
    from pieces
    where rest <> ''
)
select distinct note_id, piece as name from pieces where piece <> '';

insert into labels (name) select distinct name from split_labels order by name;

insert into note_labels (note_id, label_id)
select split_labels.note_id, labels.id
from split_labels
join labels on labels.name = split_labels.name;

drop table split_labels;

create table notes_without_labels (
    id integer primary key,
    text text not null,
    owner_id integer references owners (id)
);

insert into notes_without_labels (id, text, owner_id) select id, text, owner_id from notes;

drop table notes;

alter table notes_without_labels rename to notes;

create index notes_by_owner on notes (owner_id);
