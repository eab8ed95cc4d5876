"""Talks to a groat mcp as the official Python client does; fails if anything is not as the test that starts it made it.

usage: client.py GROAT BOOK
"""

import asyncio
import json
import sys

from mcp import ClientSession, StdioServerParameters, stdio_client


async def main(groat: str, book: str) -> None:
    server = StdioServerParameters(command=groat, args=["--db", book, "mcp"], env={"GROAT_TODAY": "2026-01-15"})
    async with stdio_client(server) as (read, write), ClientSession(read, write) as session:
        hello = await session.initialize()
        assert hello.server_info.name == "groat", hello
        tools = {tool.name: tool for tool in (await session.list_tools()).tools}
        assert len(tools) == 6, sorted(tools)
        assert all(tool.annotations.read_only_hint for tool in tools.values())
        calls = {
            "query_expenses_by_category": {"category": "groceries"},
            "summarize_spending": {"from": "2026-01-01", "to": "2026-01-31"},
            "overview": {},
            "list_transactions": {"query": "tesco"},
            "run_report": {"name": "spending", "from": "2026-01-01", "to": "2026-01-31", "by": "payee"},
            "list_names": {"kind": "accounts"},
        }
        assert calls.keys() == tools.keys()
        answers = {}
        for name, arguments in calls.items():
            # The client holds what is structured against the tool's schema.
            result = await session.call_tool(name, arguments)
            assert not result.is_error, (name, result)
            assert json.loads(result.content[0].text) == result.structured_content
            answers[name] = result.structured_content
        assert answers["query_expenses_by_category"]["total"] == "67.70"
        assert answers["summarize_spending"]["total"] == "60.90"
        assert answers["overview"]["income"] == "2100.00"
        assert answers["list_transactions"]["total"] == 3
        assert answers["run_report"]["rows"][0]["payee"] == "Tesco"
        assert answers["list_names"]["rows"][0]["name"] == "Checking"
        result = await session.call_tool("query_expenses_by_category", {"category": "grocries"})
        assert result.is_error and "did you mean `Groceries`?" in result.content[0].text, result
    print("all is well")


asyncio.run(main(*sys.argv[1:]))
