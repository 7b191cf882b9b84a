"""confluent-kafka against one broker: a line of JSON for each check. Arguments: titles of checks, none for all."""

import sys
import traceback

import admin_checks
import group_checks
import record_checks
import transaction_checks
from support import report

CHECKS = {**admin_checks.CHECKS, **record_checks.CHECKS, **transaction_checks.CHECKS, **group_checks.CHECKS}


def main(titles):
    for title, check in CHECKS.items():
        if titles and title not in titles:
            continue
        try:
            report(title, result=check())
        except Exception:  # the next check may still succeed, and the comparison shows this one
            report(title, failure=traceback.format_exc(limit=-4))


if __name__ == "__main__":
    if sys.argv[1:2] == ["member"]:
        group_checks.member(*sys.argv[2:])
    else:
        main(sys.argv[1:])
