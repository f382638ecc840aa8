"""kube-proxy shows its metrics and configuration to the network.

## Why it matters
Port 10249 asks for no login and serves `/configz` and, when it is on, profiles beside the metrics. From every pod one can
read there how Services are laid out.

## Five whys
1. Why could a pod read the configuration of kube-proxy? Port 10249 listens on all addresses.
2. Why? `metricsBindAddress` is 0.0.0.0.
3. Why? Prometheus could not scrape it on localhost.

## Fix now
`metricsBindAddress: 127.0.0.1:10249`, the default, in the ConfigMap `kube-proxy`; then `kubectl -n kube-system rollout
restart ds/kube-proxy`.

## Workaround
A host firewall that lets only the monitoring reach 10249.

## Prevent
Scrape through a proxy with authorization in the same pod (kube-rbac-proxy).

## Validate
From a pod: `curl -m 3 http://NODE:10249/metrics` does not connect.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: kube-proxy, namespace: kube-system}
spec:
  containers:
    - name: kube-proxy
      image: registry.k8s.io/kube-proxy:v1.34.1
      command:
        - kube-proxy
        - --metrics-bind-address=0.0.0.0:10249 # finding
```

```yaml
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
metricsBindAddress: 0.0.0.0:10249 # finding
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: kube-proxy, namespace: kube-system}
spec:
  containers:
    - name: kube-proxy
      image: registry.k8s.io/kube-proxy:v1.34.1
      command:
        - kube-proxy
        - --metrics-bind-address=127.0.0.1:10249
```

```yaml
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: nftables
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.PROXY_KINDS,
    each=component.proxies,
    severity=Severity.LOW,
    aliases="ensure-that-the-kube-proxy-metrics-service-is-bound-to-localhost",
)
def check(proxy: component.Component) -> Iterator[Fail]:
    address = proxy.given("metrics-bind-address")
    if address is not None and address.text and not address.text.startswith(("127.", "[::1]", "localhost")):
        yield Fail(address.where, "metrics are served to the network", expected="127.0.0.1:10249")
