"""A coding agent in thirty lines: a model, one tool (a shell), and a loop."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request

TOOL = {"type": "function", "function": {
    "name": "bash", "description": "Run a command in the working folder.",
    "parameters": {"type": "object", "required": ["command"],
                   "properties": {"command": {"type": "string"}}}}}


def ask(messages, tries=3):
    body = {"model": sys.argv[1], "messages": messages, "tools": [TOOL]}
    request = urllib.request.Request(
        os.environ["TINY_URL"] + "/chat/completions", json.dumps(body).encode(),
        {"Authorization": "Bearer " + os.environ["TINY_KEY"], "Content-Type": "application/json"})
    for left in reversed(range(tries)):
        try:
            with urllib.request.urlopen(request) as answer:
                return json.load(answer)["choices"][0]["message"]
        except (urllib.error.URLError, ValueError) as wrong:
            if not left or getattr(wrong, "code", 0) in (400, 401, 403):
                sys.exit(f"the model failed: {wrong}")
            time.sleep(1)


messages = [{"role": "user", "content": open(sys.argv[2], encoding="utf-8").read()}]
while True:
    messages.append(message := ask(messages))
    print(message.get("content") or "")
    for call in message.get("tool_calls") or sys.exit():
        command = json.loads(call["function"]["arguments"])["command"]
        print("$", command)
        done = subprocess.run(command, shell=True, capture_output=True, text=True)
        said = done.stdout + done.stderr
        messages.append({"role": "tool", "tool_call_id": call["id"], "content": said})
