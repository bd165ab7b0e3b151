# SPDX-License-Identifier: Apache-2.0
"""Fixtures of the end-to-end suite."""
import pytest

from assent_server import Server


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """One server for all tests that only add to it."""
    running = Server(tmp_path_factory.mktemp("assent") / "data").start()
    yield running
    assert running.stop() == 0, running.log_text()


@pytest.fixture
def new_server(tmp_path):
    """A maker of servers that a test may kill; all are ended with the test."""
    made = []

    def make(*options, name="data"):
        made.append(Server(tmp_path / name, options=options))
        return made[-1]

    yield make
    for one in made:
        if one.process and one.process.poll() is None:
            one.kill()
