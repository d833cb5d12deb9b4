"""Baietan: the cluster's zone in its district, what the plan says of it against what is known today."""

from ui.panels import cluster

cluster.page("baietan")
