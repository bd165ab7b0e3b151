#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes signed HTTP requests whose signatures botocore computed, as JSON Lines for the signature tests.

The cases cover what the test suite that AWS publishes covers; the requests and their values are our own. botocore
(any recent version) must be importable. Run from anywhere:

    scripts/generate-sigv4-cases.py
"""
import datetime
import json
import pathlib
from urllib.parse import quote, unquote_to_bytes

import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.compat import HTTPHeaders
from botocore.credentials import Credentials

TARGET = pathlib.Path(__file__).resolve().parents[1] / "Tests/AWSWireTests/Goldens/sigv4-cases.jsonl"
NOW = datetime.datetime(2015, 8, 30, 12, 36, 0)
ACCESS_KEY = "AKIDEXAMPLE"
SECRET_KEY = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
TOKEN = "c2Vzc2lvbi10b2tlbi1vZi1hbi1leGFtcGxl//////////8="
HOST = "assent.example.com"
FORM = "application/x-www-form-urlencoded"

botocore.auth.get_current_datetime = lambda *_: NOW


def encoded_query(query):
    """The canonical query that the signing guide describes: decode, encode again, sort."""
    def again(text):
        return quote(unquote_to_bytes(text.replace("+", " ")), safe="-_.~")
    pairs = [part.partition("=") for part in query.split("&") if part]
    return "&".join("%s=%s" % pair for pair in sorted((again(n), again(v)) for n, _, v in pairs))


class GuideMixin:
    """Writes the query as the signing guide has it, where botocore takes it as it stands."""

    def _canonical_query_string_url(self, parts):
        return encoded_query(parts.query)


class Guide(GuideMixin, botocore.auth.SigV4Auth):
    """The default of the AWS SDKs."""


class Unnormalized(GuideMixin, botocore.auth.SigV4Auth):
    """Encodes the path and leaves its segments alone."""

    def _normalize_url_path(self, path):
        return quote(path, safe="/~")


class GuideQuery(GuideMixin, botocore.auth.SigV4QueryAuth):
    """Presigned, the default of the AWS SDKs."""


class UnnormalizedQuery(GuideQuery):
    """Presigned, with the path's segments left alone."""

    def _normalize_url_path(self, path):
        return quote(path, safe="/~")


class FoldByComma(Guide):
    """Joins folded lines by commas."""

    def _header_value(self, value):
        return ",".join(value.split("\n")).replace(" ", "")


SIGNERS = {
    "botocore": botocore.auth.SigV4Auth,
    "guide": Guide,
    "unnormalized": Unnormalized,
    "fold-by-comma": FoldByComma,
    "s3": botocore.auth.S3SigV4Auth,
    "botocore-query": botocore.auth.SigV4QueryAuth,
    "guide-query": GuideQuery,
    "unnormalized-query": UnnormalizedQuery,
    "s3-query": botocore.auth.S3SigV4QueryAuth,
}


def case(name, signer="guide", method="GET", target="/", headers=(), body="", token=None, service="service",
         token_after=False, line_end="\n", same_names=None, unsigned=()):
    """One signed request as a line of the file.

    `same_names` says whether our own signer covers the same header fields, so that its signature must be the same.
    `unsigned` are fields added after signing, `token_after` adds the token then.
    """
    credentials = Credentials(ACCESS_KEY, SECRET_KEY, None if token_after else token)
    path, mark, query = target.partition("?")
    request = AWSRequest(method=method, url="http://%s%s%s%s" % (HOST, path, mark, query), data=body.encode())
    request.headers = HTTPHeaders()
    for field, value in headers:
        request.headers.add_header(field, value)
    is_query = signer.endswith("-query")
    if is_query:
        # botocore would move the body into the query; what is signed is the request as it stands.
        request.data = b""
    SIGNERS[signer](credentials, service, "us-east-1").add_auth(request)
    lines = ["Host:" + HOST]
    lines += ["%s:%s" % (field, value) for field, value in request.headers.items()]
    lines += ["%s:%s" % (field, value) for field, value in unsigned]
    written = target
    if is_query:
        written = path + request.url[request.url.index("?"):]
        signature = request.url.rpartition("X-Amz-Signature=")[2]
    else:
        signature = request.headers["Authorization"].rpartition("Signature=")[2]
    if token_after:
        if is_query:
            written += "&X-Amz-Security-Token=" + quote(token, safe="")
        else:
            lines.append("X-Amz-Security-Token:" + token)
    text = line_end.join(["%s %s HTTP/1.1" % (method, written), *lines, "", ""])
    result = {"id": name, "request": text + body, "now": NOW.strftime("%Y%m%dT%H%M%SZ"), "accessKeyId": ACCESS_KEY,
              "secretAccessKey": SECRET_KEY}
    if token:
        result["sessionToken"] = token
    result.update({"service": service, "region": "us-east-1", "signature": signature, "signer": signer,
                   "ourSignerAgrees": same_names if same_names is not None else
                   signer in ("guide", "guide-query") and not headers and not token_after})
    return result


PATHS = [
    ("relative", "/example/.."), ("relative-relative", "/example1/example2/../.."), ("slash-dot-slash", "/./"),
    ("slash", "//"), ("slash-pointless-dot", "/./example"), ("slashes", "//example//"), ("space", "/example space/"),
    ("space-encoded", "/example%20space/"), ("above-the-root", "/../../x"), ("dots-in-names", "/a..b/.c/d."),
]
QUERIES = [
    ("one", "?Param1=value1"), ("order-key", "?Param2=value2&Param1=value1"),
    ("order-key-case", "?Param=b&param=a"), ("order-value", "?Param1=value2&Param1=value1"),
    ("order-prefix", "?Param-3=Value3&Param=Value2"), ("order-encoded", "?b=3&a=2&%E2%82%AC=1"),
    ("utf8", "?\u20ac=euro"), ("empty-value", "?Param1="), ("no-equals-sign", "?Param1"),
    ("unreserved", "?-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz=-._~aZ09"),
    ("lower-case-escapes", "?a=%c3%a9"), ("equals-in-the-value", "?a=b=c"), ("plus", "?a=b+c"),
    ("star-and-quote", "?a=*'()!"), ("repeated", "?a=1&a=1"),
]
HEADERS = [
    ("key-duplicate", [("My-Header1", "value2"), ("My-Header1", "value2"), ("My-Header1", "value1")]),
    ("key-order", [("Zeta", "1"), ("alpha", "2"), ("My-Header", "3")]),
    ("key-case", [("MY-HEADER1", "Value1")]),
    ("value-order", [("My-Header1", "value4"), ("My-Header1", "value1"), ("My-Header1", "value3")]),
    ("value-trim", [("My-Header1", "  value1  "), ("My-Header2", '"a   b   c"')]),
    ("value-multiline", [("My-Header1", "value1\n  value2\n     value3")]),
    ("value-empty", [("My-Header1", "")]),
    ("value-utf8", [("My-Header1", "caf\u00e9")]),
]


def cases():
    """All cases in the order of the file."""
    for method in ("GET", "POST", "PUT", "DELETE", "HEAD"):
        yield case("%s-vanilla" % method.lower(), method=method)
    yield case("get-vanilla-crlf", line_end="\r\n")
    yield case("get-unreserved-path", target="/-._~0123456789ABCXYZabcxyz")
    yield case("get-utf8-path", target="/\u1234")
    yield case("get-star-in-the-path", target="/a*b'(c)")
    for name, target in PATHS:
        yield case("get-path-%s-normalized" % name, target=target)
        yield case("get-path-%s-unnormalized" % name, "unnormalized", target=target)
        yield case("get-path-%s-presigned" % name, "guide-query", target=target)
        yield case("get-path-%s-unnormalized-presigned" % name, "unnormalized-query", target=target)
    for name, query in QUERIES:
        yield case("get-query-%s" % name, target="/" + query)
        if name != "utf8":
            yield case("get-query-%s-botocore" % name, "botocore", target="/" + query)
        # botocore's presigner reads the query as a dictionary.
        if name not in ("order-value", "repeated"):
            yield case("get-query-%s-presigned" % name, "guide-query", target="/" + query)
            yield case("get-query-%s-presigned-botocore" % name, "botocore-query", target="/" + query)
    for name, headers in HEADERS:
        yield case("get-header-%s" % name, headers=headers)
        yield case("get-header-%s-presigned" % name, "guide-query", headers=headers)
    yield case("get-header-value-multiline-comma", "fold-by-comma",
               headers=[("My-Header1", "value1\n  value2\n     value3")])
    yield case("get-date-field", headers=[("Date", "will be replaced")], same_names=False)
    form = [("Content-Type", FORM)]
    yield case("post-form", method="POST", headers=form, body="Param1=value1", same_names=True)
    yield case("post-form-parameters", method="POST", headers=[("Content-Type", FORM + "; charset=utf-8")],
               body="Action=ListStacks&Version=2010-05-15", same_names=True)
    yield case("post-form-length", method="POST", headers=form + [("Content-Length", "13")], body="Param1=value1")
    yield case("post-json-target", method="POST", service="kms", same_names=True, body='{"KeyId":"alias/a \u20ac"}',
               headers=[("Content-Type", "application/x-amz-json-1.1"), ("X-Amz-Target", "TrentService.DescribeKey")])
    yield case("post-body-with-line-ends", method="POST", body="a\n\nb\r\n\r\n")
    yield case("get-vanilla-session-token", token=TOKEN)
    yield case("get-vanilla-session-token-presigned", "guide-query", token=TOKEN)
    yield case("post-sts-header-before", method="POST", token=TOKEN)
    yield case("post-sts-header-after", method="POST", token=TOKEN, token_after=True)
    yield case("post-sts-query-after", "guide-query", method="POST", token=TOKEN, token_after=True)
    yield case("get-presigned", "botocore-query", same_names=True)
    yield case("get-presigned-with-date-field", "guide-query", unsigned=[("X-Amz-Date", "20150830T123600Z")],
               same_names=False)
    yield case("get-with-user-agent", unsigned=[("User-Agent", "aws-cli/1"), ("Accept-Encoding", "identity")])
    yield case("put-s3", "s3", method="PUT", target="/bucket/a/./b//c%20d", body="object", service="s3")
    yield case("get-s3-presigned", "s3-query", target="/bucket/a%20b?versionId=1", service="s3")


def main():
    """Writes the file."""
    lines = [json.dumps(one, sort_keys=True, ensure_ascii=False) for one in cases()]
    assert len({json.loads(line)["id"] for line in lines}) == len(lines)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("%d cases in %s" % (len(lines), TARGET))


if __name__ == "__main__":
    main()
