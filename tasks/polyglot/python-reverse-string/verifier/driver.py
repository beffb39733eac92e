"""Reads texts as JSON, prints what the program under test makes of them; judges nothing."""

import json
import sys

texts = json.load(sys.stdin)
sys.path.insert(0, sys.argv[1])
from reverse import reverse  # noqa: E402

print(json.dumps([str(reverse(text)) for text in texts]))
