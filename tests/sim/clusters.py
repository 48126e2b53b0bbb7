"""Small Dask clusters for the tests."""

from distributed import LocalCluster


def cluster_of(workers: int) -> LocalCluster:
    """Return a cluster of `workers` on the loopback, all in this process."""
    return LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=False,
        protocol="tcp",
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
    )
