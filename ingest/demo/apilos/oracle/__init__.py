"""The truth of the rules that only APiLos can feed: what they must find, told from the facts and from what the rules mean.

One module a family, as for Ecoloweb (`ingest.demo.oracle`), whose rules also judge the agreements born in APiLos (`natifs`).
"""
