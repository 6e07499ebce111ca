# requests_get.py - measures the same calls by Python's requests
# SPDX-License-Identifier: MIT
# requests_get.py URL SECONDS
import sys
import time

import requests

url, seconds = sys.argv[1], float(sys.argv[2])
session = requests.Session()
session.trust_env = False
session.headers.update({"Accept": "application/json", "X-Auth-Token": "0" * 32})


def get():
    response = session.get(url, timeout=60)
    assert response.status_code == 200 and response.json()["number"] == 10101


get()
count, start = 0, time.monotonic()
stop = start
while stop - start < seconds:
    get()
    count, stop = count + 1, time.monotonic()
print("%.1f" % (count / (stop - start)))
