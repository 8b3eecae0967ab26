"""Prints what the official SDK puts into the Authorization header.

Arguments: SecretId, SecretKey, host, unix seconds, body as JSON. The body that the SDK made of it
is printed on a second line, so that the same bytes can be signed elsewhere.
"""

import json
import sys
import time

from tencentcloud.common import credential
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.common.http.request import RequestInternal
from tencentcloud.vod.v20180717 import vod_client


def main():
    secret_id, secret_key, host, unix, body = sys.argv[1:6]
    time.time = lambda: float(unix)
    profile = ClientProfile(httpProfile=HttpProfile(endpoint=host))
    keys = credential.Credential(secret_id, secret_key)
    client = vod_client.VodClient(keys, "", profile)
    request = RequestInternal(host, "POST", "/", header={})
    client._build_req_with_tc3_signature("DescribeTasks", json.loads(body), request)
    print(request.header["Authorization"])
    print(request.data)


main()
