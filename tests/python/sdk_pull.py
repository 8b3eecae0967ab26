"""Pulls every event of a service with the official SDK, confirms each batch, and prints one event
a line. Arguments: host and port, SecretId, SecretKey.
"""

import sys

from tencentcloud.common import credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.vod.v20180717 import models, vod_client


def batches(client):
    while True:
        try:
            yield client.PullEvents(models.PullEventsRequest()).EventSet
        except TencentCloudSDKException as error:
            if error.get_code() == "ResourceNotFound":
                return
            raise


def main():
    host, secret_id, secret_key = sys.argv[1:4]
    http = HttpProfile(protocol="http", endpoint=host, reqTimeout=10)
    keys = credential.Credential(secret_id, secret_key)
    client = vod_client.VodClient(keys, "", ClientProfile(httpProfile=http))
    for events in batches(client):
        for event in events:
            print(event.to_json_string(ensure_ascii=True))
        confirmation = models.ConfirmEventsRequest()
        confirmation.EventHandles = [event.EventHandle for event in events]
        client.ConfirmEvents(confirmation)


main()
