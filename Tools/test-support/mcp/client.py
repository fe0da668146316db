"""Talks to an MCP server as agents do, with the client of the MCP SDK.

client.py legacy|auto tour            one call of each kind
client.py legacy|auto burst COUNT     so many calls at once
client.py legacy|auto big BYTES       one argument and one result of that size
"""

import asyncio
import json
import os
import sys

import anyio
from mcp import Client, StdioServerParameters
from mcp.types import ListRootsResult, Root


async def list_roots(context):
    return ListRootsResult(roots=[Root(uri="file:///work")])


async def tour(client, legacy):
    seen = {}
    seen["echo"] = (await client.call_tool("echo", {"text": "hé\u2028llo"})).content[0].text
    seen["fail"] = (await client.call_tool("fail", {})).is_error
    steps = []

    async def progress(done, total, message):
        steps.append(done)

    await client.call_tool("steps", {"count": 3}, progress_callback=progress)
    seen["steps"] = steps
    seen["resource"] = (await client.read_resource("fixture://greeting")).contents[0].text
    with anyio.move_on_after(0.3) as scope:
        await client.call_tool("forever", {})
    seen["cancelled"] = scope.cancelled_caught
    if legacy:
        seen["roots"] = (await client.call_tool("roots", {})).content[0].text
    return seen


async def burst(client, count):
    async def call(number):
        result = await client.call_tool("echo", {"text": f"n{number}"})
        return result.content[0].text == f"n{number}"

    return {"right": sum(await asyncio.gather(*(call(n) for n in range(count))))}


async def big(client, size):
    back = await client.call_tool("echo", {"text": "y" * size})
    long = await client.call_tool("big", {"size": size})
    return {"back": len(back.content[0].text), "long": len(long.content[0].text)}


async def main():
    mode, scenario, *rest = sys.argv[1 : sys.argv.index("--")]
    command = sys.argv[sys.argv.index("--") + 1 :]
    environment = {k: v for k, v in os.environ.items() if k.startswith("MCP_SIDECAR_")}
    parameters = StdioServerParameters(command=command[0], args=command[1:], env=environment)
    options = {"mode": mode}
    if mode == "legacy":
        options["list_roots_callback"] = list_roots
    async with Client(parameters, **options) as client:
        if scenario == "tour":
            seen = await tour(client, mode == "legacy")
        elif scenario == "burst":
            seen = await burst(client, int(rest[0]))
        else:
            seen = await big(client, int(rest[0]))
    print(json.dumps(seen, sort_keys=True))


asyncio.run(main())
