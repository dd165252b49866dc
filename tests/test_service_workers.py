"""Queries that never end, that eat memory, that come in hundreds: real processes, a small graph."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import Container
from pathlib import Path

import pytest

from ogp_data.service.limits import Limits
from ogp_data.service.query_pool import Answer, Pool, Query, QueryError
from ogp_data.service.sparql import Endpoint

GRAPH = "https://example.org/numbers"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HOG = "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d), STR(?g))) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
DISTINCT = "SELECT DISTINCT ?a ?d ?g ?j { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?j"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
PATHS = "SELECT (COUNT(*) AS ?n) { ?a (<urn:p>|!<urn:p>)* ?b . ?c (<urn:p>|!<urn:p>)* ?d . ?e (<urn:p>|!<urn:p>)* ?f }"
REGEX = 'SELECT * { ?s ?p ?o FILTER(REGEX("' + "a" * 5000 + '", "(a+)+(a+)+(a+)+$b")) }'


def asked(text: str) -> Query:
    return Query(text, "text/csv", "application/n-triples")


@pytest.fixture
def graphs(tmp_path: Path) -> dict[str, Path]:
    path = tmp_path / "numbers.nt"
    path.write_text("".join(f"<urn:s:{n}> <urn:p> <urn:s:{n * 7 % 300}> .\n" for n in range(300)))
    return {GRAPH: path}


async def fault(pool: Pool, text: str, client: str = "") -> str:
    with pytest.raises(QueryError) as raised:
        await pool.query(asked(text), client)
    return raised.value.kind


async def working(pool: Pool, killed: Container[int] = ()) -> int:
    """Wait until one worker evaluates a query, and all others are idle; return its process, which is not killed yet.

    It looks at every turn of the loop: between two looks that are further apart, a query can be answered.
    """
    while True:
        await asyncio.sleep(0)
        busy = [worker.process for worker in pool._alive if worker not in pool._idle]
        if (
            len(pool._alive) == 2
            and len(busy) == 1
            and busy[0].pid not in killed
            and any(run.task for run in pool._runs.values())
        ):
            return busy[0].pid


def pids(pool: Pool) -> set[int]:
    return {worker.process.pid for worker in pool._alive}


def test_of_a_hundred_endless_queries_of_a_hundred_clients_none_lasts_and_a_normal_one_is_answered(
    graphs: dict[str, Path],
) -> None:
    async def run() -> None:
        pool = Pool(graphs, Limits(seconds=2))
        await pool.start()
        kinds = await asyncio.gather(*(fault(pool, f"{ENDLESS} #{n}", f"client {n}") for n in range(100)))
        answer = await pool.query(asked(COUNT))
        await pool.close()
        assert answer.content == b"n\r\n300\r\n"
        assert set(kinds) == {"slow", "expired"}
        assert kinds.count("slow") <= 3

    asyncio.run(run())


def test_one_client_that_asks_without_end_leaves_the_others_their_answers(graphs: dict[str, Path]) -> None:
    async def run() -> None:
        pool = Pool(graphs, Limits(seconds=3))
        await pool.start()
        hogs = [asyncio.create_task(fault(pool, f"{ENDLESS} #{n}", "hog")) for n in range(9)]
        await asyncio.sleep(0.5)
        for turn in range(5):  # the hog's queries are there all the time, and none of the others' is refused
            asking = (pool.query(asked(COUNT), f"client {n}") for n in range(16))
            answers = await asyncio.gather(*asking)
            assert [answer.content for answer in answers] == [b"n\r\n300\r\n"] * 16, turn
        assert not all(hog.done() for hog in hogs)
        assert set(await asyncio.gather(*hogs)) == {"slow", "expired"}
        await pool.close()

    asyncio.run(run())


def test_a_query_whose_worker_is_killed_from_outside_is_answered_by_another_and_no_more_than_once(
    graphs: dict[str, Path],
) -> None:
    async def run() -> None:
        pool = Pool(graphs, Limits(workers=2, seconds=30))
        await pool.start()
        slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . FILTER(STR(?a) < STR(?f)) }"
        expected = (await pool.query(asked(slow))).content
        task = asyncio.create_task(pool.query(asked(slow)))
        os.kill(await working(pool), signal.SIGKILL)
        assert (await task).content == expected
        endless = asyncio.create_task(fault(pool, ENDLESS))
        first = await working(pool)
        os.kill(first, signal.SIGKILL)
        os.kill(await working(pool, {first}), signal.SIGKILL)
        assert await endless == "memory"
        await pool.close()

    asyncio.run(run())


def test_workers_that_are_killed_while_they_are_idle_are_replaced_and_no_query_is_lost(graphs: dict[str, Path]) -> None:
    async def run() -> None:
        pool = Pool(graphs, Limits(workers=2, seconds=30))
        await pool.start()
        before = pids(pool)
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        answers = await asyncio.gather(*(pool.query(asked(COUNT)) for _ in range(10)))
        assert [answer.content for answer in answers] == [b"n\r\n300\r\n"] * 10
        assert not before & pids(pool)
        await pool.close()

    asyncio.run(run())


def test_no_worker_imports_from_the_folder_where_the_service_is_started(
    graphs: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pyoxigraph", "json", "resource", "signal", "ogp_data", "pathlib", "dataclasses", "typing"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n")
    monkeypatch.chdir(tmp_path)

    async def run() -> None:
        pool = Pool(graphs, Limits(workers=1))
        await pool.start()
        assert (await pool.query(asked(COUNT))).content == b"n\r\n300\r\n"
        await pool.close()

    asyncio.run(run())
    assert not (tmp_path / "ran").exists()


def test_beyond_the_queue_a_query_is_refused_at_once(graphs: dict[str, Path]) -> None:
    async def run() -> None:
        pool = Pool(graphs, Limits(workers=1, seconds=1, waiting=1))
        await pool.start()
        first = [asyncio.create_task(fault(pool, ENDLESS)) for _ in range(2)]
        await asyncio.sleep(0.1)
        assert await fault(pool, COUNT) == "busy"
        assert not any(task.done() for task in first)
        assert sorted(await asyncio.gather(*first)) == ["expired", "slow"]
        await pool.close()

    asyncio.run(run())


@pytest.mark.parametrize("text", [HOG, DISTINCT])
def test_a_query_that_eats_memory_ends_and_the_next_is_answered(graphs: dict[str, Path], text: str) -> None:
    async def run() -> None:
        pool = Pool(graphs, Limits(workers=1, seconds=20, memory=100_000_000))
        await pool.start()
        assert await fault(pool, text) == "memory"
        assert (await pool.query(asked(COUNT))).content == b"n\r\n300\r\n"
        await pool.close()

    asyncio.run(run())


@pytest.mark.parametrize("text", [PATHS, REGEX])
def test_paths_and_patterns_that_blow_up_are_bounded(graphs: dict[str, Path], text: str) -> None:
    async def run() -> None:
        pool = Pool(graphs, Limits(workers=1, seconds=1, memory=300_000_000))
        await pool.start()
        (outcome,) = await asyncio.gather(pool.query(asked(text)), return_exceptions=True)
        assert isinstance(outcome, Answer) or getattr(outcome, "kind", "") in ("slow", "memory", "failed")
        assert (await pool.query(asked(COUNT))).content == b"n\r\n300\r\n"
        await pool.close()

    asyncio.run(run())


def test_a_query_that_is_cancelled_is_killed_and_frees_its_place(graphs: dict[str, Path]) -> None:
    async def run() -> None:
        pool = Pool(graphs, Limits(workers=1, seconds=30, waiting=0))
        await pool.start()
        (before,) = pids(pool)
        task = asyncio.create_task(pool.query(asked(ENDLESS)))
        await asyncio.sleep(0.2)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert (await pool.query(asked(COUNT))).content == b"n\r\n300\r\n"
        assert before not in pids(pool)
        with pytest.raises(ProcessLookupError):
            os.kill(before, 0)
        await pool.close()

    asyncio.run(run())


def test_no_process_is_left_when_a_pool_is_closed(graphs: dict[str, Path]) -> None:
    async def run() -> None:
        pool = Pool(graphs, Limits(seconds=30))
        await pool.start()
        task = asyncio.create_task(fault(pool, ENDLESS))
        await asyncio.sleep(0.1)
        known = pids(pool)
        await pool.close()
        assert await task == "closed"
        assert len(known) == Limits().workers
        for pid in known:
            with pytest.raises(ProcessLookupError):
                os.kill(pid, 0)

    asyncio.run(run())


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
        "SELECT * {{ SERVICE SILENT <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
        "PREFIX : <http://127.0.0.1:{port}/> SELECT * {{SERVICE:x{{?s ?p ?o}}}}",
        "SELECT * {{ ?s ?p ?x FILTER EXISTS {{ SERVICE SILENT <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }} }}",
    ],
)
def test_a_worker_opens_no_socket_even_when_it_is_given_a_service(graphs: dict[str, Path], text: str) -> None:
    async def run(port: int) -> None:
        pool = Pool(graphs, Limits(workers=1, seconds=3))
        await pool.start()
        await asyncio.gather(pool.query(asked(text.format(port=port))), return_exceptions=True)
        await pool.close()

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.settimeout(0.2)
        asyncio.run(run(listener.getsockname()[1]))
        with pytest.raises(TimeoutError):
            listener.accept()


def test_a_graph_that_is_broken_is_told_at_the_start(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("<urn:a> <urn:b>")
    with pytest.raises(QueryError, match="cannot be loaded"):
        asyncio.run(Pool({GRAPH: path}).start())


def test_graphs_are_replaced_without_a_query_unanswered(graphs: dict[str, Path], tmp_path: Path) -> None:
    other = tmp_path / "other.nt"
    other.write_text("<urn:s> <urn:p> <urn:o> .\n")

    async def run() -> None:
        endpoint = Endpoint(graphs, Limits(seconds=5))
        await endpoint.start()
        replaced = asyncio.create_task(endpoint.replace({GRAPH: other}))
        answers = []
        while not replaced.done():
            answers.append((await endpoint.pool.query(asked(COUNT))).content)
            await asyncio.sleep(0)
        answers.append((await endpoint.pool.query(asked(COUNT))).content)
        await endpoint.close()
        assert (answers[0], answers[-1]) == (b"n\r\n300\r\n", b"n\r\n1\r\n")

    asyncio.run(run())
