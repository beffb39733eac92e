"""Applies the migrations to the database that each case names, and prints what came out."""

import sqlite3
import sys
from pathlib import Path

#: case -> notes: (id, labels)
NOTES = {
    "two_notes_share_a_label": [(1, "work,home"), (2, "work")],
    "spaces_around_a_label_go": [(1, "  work ,home  ")],
    "spaces_inside_a_label_stay": [(1, "to do"), (2, " to do ")],
    "a_label_twice_on_a_note_is_once": [(1, "home, home,home")],
    "case_of_letters_is_kept_and_told_apart": [(1, "Home,home"), (2, "HOME")],
    "empty_and_missing_lists": [(1, ""), (2, None), (3, "x"), (4, "   ")],
    "stray_commas_make_no_label": [(1, ",a,, ,b,")],
    "quotes_and_percent_signs_are_text": [(1, "o'clock_,\"50%\""), (2, "50%")],
    "removing_a_note_removes_its_links": [(1, "a,b"), (2, "a")],
    "labels_outlive_their_notes": [(1, "a")],
    "many_labels_on_one_note": [(7, ",".join(f"label {n}" for n in range(60)))],
}


def migrated(root, notes, texts=None):
    """The database after all migrations; the first two are this verifier's own."""
    db = sqlite3.connect(":memory:")
    files = sorted((root / "migrations").glob("[0-9][0-9][0-9]_*.sql"))
    for path in files:
        number = int(path.name[:3])
        if number == 3:
            db.execute("insert into owners (id, name) values (1, 'ann')")
            for note, labels in notes:
                text, owner = (texts or {}).get(note, ("a note", 1))
                db.execute(
                    "insert into notes (id, text, labels, owner_id) values (?, ?, ?, ?)",
                    (note, text, labels, owner),
                )
            db.commit()
        db.execute("pragma foreign_keys = off")
        db.executescript("begin;\n" + path.read_text() + "\ncommit;")
        db.execute("pragma foreign_keys = on")
    return db


def show(db):
    rows = db.execute(
        "select nl.note_id, l.name from note_labels nl join labels l on l.id = nl.label_id"
    )
    for note, name in sorted(rows):
        print(note, name)
    print("labels", db.execute("select count(*) from labels").fetchone()[0])


def refusal(db, *statements):
    try:
        for statement in statements:
            db.execute(statement)
    except sqlite3.IntegrityError:
        return "refused"
    return "taken"


def main(root, names):
    for name in names:
        print("==", name)
        if name == "notes_keep_their_ids_and_texts":
            texts = {2: ("two", 1), 5: ("five, or so", 1), 11: ("eleven", None)}
            db = migrated(root, [(2, "a"), (5, None), (11, "a,b")], texts)
            query = "select n.id, n.text, o.name from notes n left join owners o on o.id = n.owner_id"
            for row in db.execute(query + " order by n.id"):
                print("|".join(map(str, row)))
        elif name == "the_old_column_is_gone":
            db = migrated(root, [(1, "a")])
            print(*sorted(row[1] for row in db.execute("pragma table_info(notes)")))
            (columns,) = db.execute("pragma index_info(notes_by_owner)").fetchall()
            print("notes_by_owner", columns[2])
        elif name == "a_label_cannot_be_there_twice":
            print(refusal(migrated(root, [(1, "a")]), "insert into labels (name) values ('a')"))
        elif name == "a_note_cannot_have_a_label_twice":
            again = "insert into note_labels select note_id, label_id from note_labels limit 1"
            print(refusal(migrated(root, [(1, "a")]), again))
        else:
            db = migrated(root, NOTES[name])
            if name in ("removing_a_note_removes_its_links", "labels_outlive_their_notes"):
                db.execute("delete from notes where id = 1")
            show(db)
        print("== .", flush=True)


main(Path(sys.argv[1]), sys.argv[2:])
