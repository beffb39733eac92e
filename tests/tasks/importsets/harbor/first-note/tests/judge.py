import json
from pathlib import Path

note = Path("note.txt")
right = note.is_file() and note.read_text().strip() == "hello"
Path("/logs/verifier/reward.json").write_text(json.dumps({"reward": int(right), "chars": 5}))
