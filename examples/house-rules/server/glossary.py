"""An MCP server with one tool: what a word means in this house."""

import json
import sys

WORDS = {"ledger": "the list of all model calls", "blast radius": "what was changed unasked"}
TOOL = {
    "name": "lookup_word",
    "description": "What a word means in this house.",
    "inputSchema": {
        "type": "object",
        "properties": {"word": {"type": "string"}},
        "required": ["word"],
    },
}


def answer(method, params):
    if method == "initialize":
        version = params.get("protocolVersion", "2025-06-18")
        about = {"name": "glossary", "version": "1.0"}
        return {"protocolVersion": version, "capabilities": {"tools": {}}, "serverInfo": about}
    if method == "tools/list":
        return {"tools": [TOOL]}
    if method == "tools/call":
        word = params["arguments"]["word"].lower()
        return {"content": [{"type": "text", "text": WORDS.get(word, "not in the glossary")}]}
    return {}


for line in sys.stdin:
    request = json.loads(line)
    if "id" in request:
        result = answer(request["method"], request.get("params") or {})
        print(json.dumps({"jsonrpc": "2.0", "id": request["id"], "result": result}), flush=True)
