"""A server of the MCP SDK with one tool for each way a call can go."""

import asyncio

from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.types import ClientCapabilities, RootsCapability

server = MCPServer("fixture-server")


@server.tool()
def echo(text: str) -> str:
    return text


@server.tool()
def fail() -> str:
    raise RuntimeError("it does not work")


@server.tool()
def big(size: int) -> str:
    return "x" * size


@server.tool()
async def steps(count: int, ctx: Context) -> str:
    for step in range(count):
        await ctx.report_progress(step + 1, count, f"step {step + 1}")
    return "done"


@server.tool()
async def forever() -> str:
    await asyncio.sleep(3600)
    return "never"


@server.tool()
async def roots(ctx: Context) -> str:
    result = await ctx.session.list_roots()
    return ",".join(str(root.uri) for root in result.roots)


@server.resource("fixture://greeting")
def greeting() -> str:
    return "hello"


if __name__ == "__main__":
    server.run("stdio")
