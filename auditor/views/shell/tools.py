"""What is known of command lines: options that take a value, and how many words name a subcommand."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_TABLE: Final = """
kubectl: -n --namespace --context --cluster --user --kubeconfig -s --server --token --as --as-group --request-timeout -l --selector -o
    --output --field-selector --timeout --certificate-authority --client-certificate --client-key --template --type --replicas --image
    --overrides --from-literal --from-file --from-env-file --field-manager --for --grace-period --cache-dir --password --username
    --tls-server-name --sort-by --container -c --revision --to-revision --resource-version
kubectl apply: -f --filename -k --kustomize --prune-allowlist
kubectl create: -f --filename -k --kustomize --class --rule --port --docker-server --docker-username --docker-password --docker-email
kubectl replace: -f --filename -k --kustomize
kubectl delete: -f --filename -k --kustomize
kubectl diff: -f --filename -k --kustomize
kubectl get: -f --filename -k --kustomize
kubectl set: -f --filename -k --kustomize
kubectl rollout: -f --filename -k --kustomize
kubectl scale: -f --filename -k --kustomize --current-replicas
kubectl patch: -f --filename -k --kustomize -p --patch --patch-file
kubectl wait: -f --filename -k --kustomize
kubectl label: -f --filename -k --kustomize
kubectl annotate: -f --filename -k --kustomize
kubectl run: --port --env --restart
helm: -n --namespace --kube-context --kubeconfig --kube-apiserver --kube-token --kube-as-user --kube-as-group --kube-ca-file -f --values
    --set --set-string --set-file --set-json --set-literal --version --timeout --repo --username --password --ca-file --cert-file
    --key-file --keyring --post-renderer --post-renderer-args --description --history-max --output -o --registry-config --repository-cache
    --repository-config --revision --max --burst-limit --qps --name-template --destination -d --app-version --labels --kube-version
    --api-versions --show-only -s
helmfile: -f --file -e --environment -l --selector -n --namespace --state-values-set --state-values-file --kube-context --args
    --concurrency --set --values --helm-binary --chart
kustomize: -o --output --load-restrictor --helm-command --namespace
terraform: -chdir -var -var-file -state -state-out -backup -backend-config -target -replace -out -lock-timeout -parallelism -from-module
    -plugin-dir -generate-config-out -provider -platform
terragrunt: --terragrunt-working-dir --terragrunt-config -chdir -var -var-file -out -target -backend-config --working-dir --config
pulumi: -s --stack -C --cwd -c --config -m --message --policy-pack -p --parallel --target -t --replace --color --config-file
    --secrets-provider
docker: -H --host -c --context --config -l --log-level --tlscacert --tlscert --tlskey
docker build: -f --file -t --tag --build-arg --target --platform --label --cache-from --cache-to --secret --ssh --network --progress -o
    --output --add-host --iidfile --memory -m --shm-size --ulimit --build-context --builder --metadata-file --attest --allow --isolation
docker buildx: --builder -f --file -t --tag --build-arg --target --platform --label --cache-from --cache-to --secret --ssh --network
    --progress -o --output --add-host --iidfile --metadata-file --set --driver --driver-opt --name --config --build-context --attest
    --allow --buildkitd-flags --buildkitd-config --node
docker run: -e --env --env-file -v --volume --mount -p --publish --name -w --workdir -u --user --network --net --entrypoint --platform -h
    --hostname -l --label --memory -m --cpus --restart --add-host --cap-add --cap-drop --security-opt --device --gpus --link --log-driver
    --log-opt --pull --shm-size --tmpfs --ulimit --volumes-from --cidfile --dns --expose --ip --ipc --pid --health-cmd --stop-timeout
    --runtime --userns --uts --group-add --init-path --network-alias --cgroupns --detach-keys --sysctl --isolation
docker exec: -e --env --env-file -u --user -w --workdir --detach-keys
docker login: -u --username -p --password
docker pull: --platform
docker compose: -f --file -p --project-name --profile --env-file --project-directory --ansi --progress --parallel --scale --timeout -t
    --pull --build-arg --wait-timeout --exit-code-from --index -u --user -w --workdir -e --env
docker stack: -c --compose-file --orchestrator --resolve-image
docker service: --image --env-add --env-rm --replicas --update-delay --update-parallelism --update-failure-action --constraint-add --name
    -e --env -p --publish --network --mount --limit-memory --limit-cpu --label-add
aws: --profile --region --output --query --endpoint-url --ca-bundle --color --cli-read-timeout --cli-connect-timeout
az: -g --resource-group -n --name -o --output --query --subscription -l --location -f --file -t --image --src --slot
gcloud: --project --region --zone --account --format --image --configuration --impersonate-service-account --service-account --tag
    --config --filter --source --platform --set-env-vars --update-env-vars --key-file --cluster --namespace --memory --cpu --timeout
git: -C -c --git-dir --work-tree
git clone: -b --branch --depth --origin -o --config --reference --separate-git-dir --shallow-since -j --jobs --filter
git commit: -m --message -F --file -C -c --author --date
git fetch: --depth --deepen --shallow-since -j --jobs --refmap
git checkout: -b -B --orphan
git push: -o --push-option --repo --receive-pack
git tag: -m --message -F --file -u --local-user
gh: -R --repo -H --header -f --raw-field -F --field -X --method -q --jq -t --title -b --body -B --base --notes --notes-file --target -w
    --workflow
npm: --prefix --registry -w --workspace --tag --otp --loglevel --userconfig --cache --access -C
yarn: --cwd --registry --modules-folder --cache-folder --mutex --network-timeout --use-yarnrc
pnpm: -C --dir --filter -F --registry --store-dir --loglevel --reporter --tag
pip: -r --requirement -c --constraint -e --editable -t --target -i --index-url --extra-index-url -f --find-links --prefix --root --python
    --proxy --timeout --cache-dir --trusted-host --platform --python-version --only-binary --no-binary --config-settings --src --retries
uv: -r --requirement -c --constraint --index-url --extra-index-url --default-index --index --python -p --directory --project --target
    --prefix
poetry: -C --directory --with --without --only -E --extras -P --project
go: -o -tags -ldflags -run -timeout -mod -C -p -count -coverprofile -gcflags -asmflags -modfile
cargo: --manifest-path --features -F --target --target-dir -j --jobs -p --package --profile --version --git --branch --tag --rev --root
    --bin --index
mvn: -f --file -P --activate-profiles -pl --projects -s --settings -T --threads -D --define -l --log-file
gradle: -p --project-dir -b --build-file -c -I --init-script -x --exclude-task -P -D --console
make: -C --directory -f --file -j --jobs -I -o -W
curl: -o --output -H --header -d --data --data-raw --data-binary --data-urlencode -X --request -u --user -A --user-agent -F --form -b
    --cookie -c --cookie-jar -e --referer -T --upload-file -w --write-out -m --max-time --connect-timeout --retry --retry-delay
    --retry-max-time --cacert --cert -E --key -K --config --resolve -x --proxy --proto --tls-max --ciphers -D --dump-header -r --range
    --max-redirs --output-dir --oauth2-bearer --url -Y -y -z -C -P -Q -t --interface --unix-socket --limit-rate --aws-sigv4 --json
    --variable
wget: -O --output-document -o --output-file -P --directory-prefix --header --user --password -t --tries -T --timeout -U --user-agent
    --post-data --post-file -i --input-file -a -e --execute --ca-certificate -w --wait -Q --limit-rate --method --body-data -A -R -D -I -X
ssh: -i -p -o -l -F -J -L -R -D -b -c -E -e -I -m -O -Q -S -W -w
scp: -i -P -o -l -F -J -c -S
rsync: -e --rsh --exclude --include --exclude-from --include-from --files-from -f --filter --rsync-path --password-file --port --bwlimit
    --chmod --chown --timeout --temp-dir -T --backup-dir --link-dest --log-file
ansible-playbook: -i --inventory -e --extra-vars -l --limit -t --tags --skip-tags --vault-password-file --vault-id -u --user --private-key
    --key-file -c --connection -T --timeout -f --forks -M --module-path --become-user --ssh-common-args --ssh-extra-args --start-at-task
argocd: --server --auth-token --grpc-web-root-path --config --revision --timeout --resource --label -l --project --dest-namespace
    --dest-server --repo --path --parameter -p --values --helm-set -o --output --app-namespace -N
flux: -n --namespace --context --kubeconfig --timeout --path --url --branch
cdk: -a --app -c --context --profile --toolkit-stack-name --role-arn -o --output --require-approval --parameters --tags -t --outputs-file
sam: -t --template --template-file --stack-name --s3-bucket --s3-prefix --region --profile --parameter-overrides --capabilities
    --config-env --config-file --role-arn --tags -m --manifest -b --build-dir --image-repository
serverless: -s --stage -r --region -c --config --aws-profile -f --function -p --package --param
eb: --label -l --message -m --timeout --profile -p --region -r
apt-get: -t --target-release -o --option -c --config-file -a
apk: -t --virtual -X --repository -p --root --repositories-file --keys-dir
yum: -c --config --enablerepo --disablerepo --installroot --setopt -x --exclude --releasever
gem: -v --version -i --install-dir -n --bindir -s --source -P --platform
vercel: -t --token --scope -S --cwd -A --local-config -e --env -b --build-env
wrangler: -c --config -e --env --name --project-name --branch
firebase: -P --project --only --except --token -m --message -c --config
fly: -a --app -c --config -i --image -r --region --strategy --dockerfile -t --access-token -e --env --build-arg
heroku: -a --app -r --remote
nomad: -address -region -namespace -var -var-file -token -check-index
vault: -address -namespace -format -field -role -path -method
skopeo: --src-creds --dest-creds --creds --authfile --format -f --policy
crane: --platform
cosign: --key --certificate-identity --certificate-oidc-issuer --certificate-identity-regexp --certificate -a --annotations --rekor-url
tar: -f --file -C --directory -T --files-from --exclude -I --use-compress-program
unzip: -d -x -P
sops: --output --input-type --output-type --age --kms --config
"""


def _read(table: str) -> Mapping[str, frozenset[str]]:
    rows = (row.partition(": ") for row in table.replace("\n    ", " ").strip().splitlines())
    return MappingProxyType({name: frozenset(options.split()) for name, _, options in rows})


VALUES: Final = _read(_TABLE)
"""Tool, or tool and subcommand -> the options whose value is the next word."""

ALIASES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "tofu": "terraform",
        "podman": "docker",
        "nerdctl": "docker",
        "buildah": "docker",
        "docker-compose": "docker compose",
        "podman-compose": "docker compose",
        "pip3": "pip",
        "oc": "kubectl",
        "sls": "serverless",
        "flyctl": "fly",
        "gmake": "make",
        "mvnw": "mvn",
        "gradlew": "gradle",
        "apt": "apt-get",
        "dnf": "yum",
        "microdnf": "yum",
        "tdnf": "yum",
        "aptitude": "apt-get",
    }
)
"""Tools that read their command line as another one does."""

DEPTH: Final[Mapping[str, int]] = MappingProxyType(
    {
        "kubectl": 1,
        "kubectl rollout": 2,
        "kubectl set": 2,
        "kubectl config": 2,
        "kubectl create": 1,
        "kubectl auth": 2,
        "helm": 1,
        "helm repo": 2,
        "helm dependency": 2,
        "helm registry": 2,
        "helm plugin": 2,
        "helmfile": 1,
        "kustomize": 1,
        "kustomize edit": 3,
        "terraform": 1,
        "terraform state": 2,
        "terraform workspace": 2,
        "terragrunt": 1,
        "pulumi": 1,
        "pulumi stack": 2,
        "docker": 1,
        "docker image": 2,
        "docker container": 2,
        "docker compose": 2,
        "docker buildx": 2,
        "docker stack": 2,
        "docker service": 2,
        "docker volume": 2,
        "docker network": 2,
        "docker system": 2,
        "docker manifest": 2,
        "aws": 2,
        "aws ecs": 2,
        "git": 1,
        "gh": 2,
        "npm": 1,
        "npm run": 2,
        "yarn": 1,
        "pnpm": 1,
        "pip": 1,
        "uv": 1,
        "uv pip": 2,
        "poetry": 1,
        "go": 1,
        "go mod": 2,
        "cargo": 1,
        "argocd": 2,
        "flux": 1,
        "cdk": 1,
        "sam": 1,
        "serverless": 1,
        "eb": 1,
        "apt-get": 1,
        "apk": 1,
        "yum": 1,
        "zypper": 1,
        "gem": 1,
        "vercel": 1,
        "wrangler": 1,
        "firebase": 1,
        "fly": 1,
        "heroku": 1,
        "nomad": 2,
        "vault": 1,
        "skopeo": 1,
        "crane": 1,
        "cosign": 1,
        "az": 4,
        "gcloud": 4,
    }
)
"""Tool, or tool and first subcommand -> how many words name what it does; the words of `az` and `gcloud` end at the first option."""
