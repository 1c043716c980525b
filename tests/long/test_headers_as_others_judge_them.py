"""The headers of the site as docs/deploy.md serves it, judged by MDN's HTTP Observatory and Google's CSP evaluator, without the network.

Wants nginx, openssl, root (for the ports 443 and 80) and the two tools in the folder that JUDGES names:
``npm install --ignore-scripts @mdn/mdn-http-observatory csp_evaluator``.
"""

from __future__ import annotations

import json
import os
import re
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPSConnection
from pathlib import Path

import pytest

from tests.headers import faults_of
from tests.load.site import behind_nginx
from tests.operations.sites import Site

LEAST = 130
#: The severities of csp_evaluator: 10 high, 20 syntax; above that come hints.
WORST = 20
_JUDGE = """
const {CspEvaluator} = require("csp_evaluator"), {CspParser} = require("csp_evaluator/dist/parser.js");
const found = new CspEvaluator(new CspParser(process.argv[1]).csp).evaluate();
console.log(JSON.stringify(found.map(one => [one.severity, one.directive, one.value || "", one.description])));
"""


@pytest.fixture
def judges() -> Path:
    folder = Path(os.environ.get("JUDGES", "")) / "node_modules"
    if not (folder / "csp_evaluator").exists():
        pytest.fail("JUDGES names no folder with them: npm install --ignore-scripts @mdn/mdn-http-observatory csp_evaluator")
    return folder


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    subprocess.run(
        ["openssl", *words.split(), "-keyout", tmp_path / "key.pem", "-out", tmp_path / "own.pem"], check=True, capture_output=True
    )
    return tmp_path / "own.pem"


@pytest.fixture
def deployed(site: Site, tmp_path: Path, certificate: Path) -> Iterator[Site]:
    with ExitStack() as stack:
        stack.enter_context(site.serving(HTTPS="true", BEHIND_PROXY="true", NUM_PROXIES="1"))
        behind_nginx(stack, tmp_path, site.port, certificate=f"ssl_certificate {certificate}; ssl_certificate_key {tmp_path}/key.pem;")
        yield site


def test_the_observatory(deployed: Site, judges: Path, certificate: Path) -> None:
    program = judges / "@mdn" / "mdn-http-observatory"
    (program / "conf" / "hsts-preload.json").write_text("{}")
    environment = os.environ | {"NODE_EXTRA_CA_CERTS": str(certificate)}
    told = subprocess.run(["node", program / "src" / "scan.js", "localhost"], env=environment, capture_output=True, text=True).stdout
    scan = json.loads(told)
    lost = {name: (one["scoreModifier"], one["result"]) for name, one in scan["tests"].items() if not one["pass"] or one["scoreModifier"]}
    print(scan["scan"]["grade"], scan["scan"]["score"], f"{scan['scan']['testsPassed']} of {scan['scan']['testsQuantity']}", lost)
    assert scan["scan"]["score"] >= LEAST and scan["scan"]["testsFailed"] == 0, lost


def test_what_comes_through_nginx_has_the_headers_that_the_site_gives(deployed: Site, certificate: Path) -> None:
    trusted, told = ssl.create_default_context(cafile=str(certificate)), {}
    page = deployed.get("/", Host="localhost", **{"X-Forwarded-Proto": "https"})[2].decode()
    files = re.findall(r'"(/static/[^"]+\.(?:css|js|svg|woff2))"', page)
    assert files
    for address in ("/", "/events.csv", "/api/v1/events/", "/embed/events/", "/admin/", "/admin/login/", "/no-such-page/", *files) * 2:
        connection = HTTPSConnection("localhost", context=trusted, timeout=30)
        connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        told[address] = faults_of(address, answer.status, dict(answer.getheaders()), secure=True)
        connection.close()
    assert {address: faults for address, faults in told.items() if faults} == {}


def test_the_evaluator_of_policies(deployed: Site, judges: Path) -> None:
    for path in ("/", "/events/", "/map/", "/api/docs/", "/admin/login/", "/embed/events/", "/no-such-page/"):
        policy = deployed.get(path, Host="localhost", **{"X-Forwarded-Proto": "https"})[1]["Content-Security-Policy"]
        told = subprocess.run(["node", "-e", _JUDGE, policy], cwd=judges, check=True, capture_output=True, text=True).stdout
        print(path, told.strip())
        assert not [one for one in json.loads(told) if one[0] <= WORST], path
