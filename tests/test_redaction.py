"""Secrets are masked wherever they stand; everything else stays as it is."""

from __future__ import annotations

import base64
import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from auditor.model.redacted_text import hidden, mask_data, mask_lines, mask_text
from auditor.model.redaction import mask, mask_line, mask_literals, reference, secret_name

WORD = st.text(string.ascii_letters + string.digits, min_size=8, max_size=40).filter(lambda text: not reference(text))
BASE64 = string.ascii_letters + string.digits + "+/"


def shape(alphabet: str, size: int) -> st.SearchStrategy[str]:
    return st.text(alphabet, min_size=size, max_size=size)


HEX = "0123456789abcdef"
UPPER = string.ascii_uppercase + string.digits
WORDS = string.ascii_letters + string.digits

TOKENS = {
    "aws key": shape(UPPER, 16).map("AKIA{}".format),
    "aws session key": shape(UPPER, 16).map("ASIA{}".format),
    "aws secret": shape(BASE64, 37).map("aB3{}".format),
    "github": shape(WORDS, 36).map("ghp_{}".format),
    "github fine": shape(WORDS, 60).map("github_pat_{}".format),
    "gitlab": shape(WORDS, 20).map("glpat-{}".format),
    "slack": shape(string.digits, 24).map("xoxb-{}".format),
    "stripe": shape(WORDS, 24).map("sk_live_{}".format),
    "google": shape(WORDS, 35).map("AIza{}".format),
    "npm": shape(WORDS, 36).map("npm_{}".format),
    "pypi": shape(WORDS, 60).map("pypi-{}".format),
    "sendgrid": st.tuples(shape(WORDS, 22), shape(WORDS, 43)).map(lambda parts: "SG.{}.{}".format(*parts)),
    "digitalocean": shape(HEX, 64).map("dop_v1_{}".format),
    "vault": shape(WORDS, 24).map("hvs.{}".format),
    "openai": shape(WORDS, 40).map("sk-{}".format),
    "databricks": shape(HEX, 32).map("dapi{}".format),
    "jwt": st.tuples(shape(WORDS, 20), shape(WORDS, 40), shape(WORDS, 30)).map(lambda parts: "eyJ{}.eyJ{}.{}".format(*parts)),
}


@pytest.mark.parametrize("kind", TOKENS)
@given(data=st.data())
def test_a_token_of_a_known_form_is_masked_anywhere(kind: str, data: st.DataObject) -> None:
    token = data.draw(TOKENS[kind])
    for line in (f'x = "{token}"', f"curl -H 'X: {token}' https://example.org", token, f"# {token}, see above", f'["{token}", 1]'):
        masked = mask_line(line)
        assert token[2:] not in masked
        assert token[:2] in masked
        assert "***" in masked


NAMES = (
    *("password", "db_password", "DB_PASSWORD", "masterPassword", "client_secret", "api_key", "apiKey", "auth_token", "secret_access_key"),
    *("passphrase", "connection_string", "MYSQL_ROOT_PASSWORD", "private_key", "credentials", "slack-token", "x.password"),
    *("db_pass", "app_pwd", "SENTRY_DSN"),
)


@pytest.mark.parametrize("name", NAMES)
@given(value=WORD)
@example("correct-horse-battery-staple")
@example("pa$$w0rd!with#signs")
@example("ünïcödé-sëcrèt")
def test_a_literal_with_a_secret_name_is_masked(name: str, value: str) -> None:
    for line in (
        f'  {name} = "{value}"',
        f"  {name} = '{value}'",
        f'{{"{name}": "{value}", "port": 1}}',
        f'{{"{name}":"{value}"}}',
        f'{{\\"{name}\\": \\"{value}\\"}}',
        f'export {name}="{value}"',
        f'run --{name} "{value}" --verbose',
        f'{{ name = "{name}", value = "{value}" }}',
        f'- {{name: {name}, value: "{value}"}}',
        f'{{"value": "{value}", "name": "{name}"}}',
        f'  {name} = ["{value}", "{value}"]',
        f'  {name} = "prefix-{value}-${{var.suffix}}"',
    ):
        masked = mask_line(line)
        assert value not in masked.replace(name, ""), line
        assert name in masked


BARE = ("DB_PASSWORD=hunter2hunter2", "password: hunter2hunter2", "  password: hunter2hunter2  # why", "--password=hunter2hunter2")


@pytest.mark.parametrize("line", BARE)
def test_a_bare_word_with_a_secret_name_is_masked(line: str) -> None:
    assert mask_line(line) == line.replace("hunter2hunter2", "hu***")


@given(user=st.text(string.ascii_lowercase, min_size=1, max_size=10), secret=WORD)
def test_the_password_of_a_url_is_masked(user: str, secret: str) -> None:
    masked = mask_line(f'url = "postgres://{user}:{secret}@db.example.org:5432/app"')
    assert masked == f'url = "postgres://{user}:{mask(secret)}@db.example.org:5432/app"'


@pytest.mark.parametrize(
    ("line", "masked"),
    [
        ("Authorization: Bearer abcdefghijkl", "Authorization: Bearer ab***"),
        ('Authorization = "Basic dXNlcjpwYXNz"', 'Authorization = "Basic dX***"'),
        ("AccountName=x;AccountKey=c2VjcmV0c2VjcmV0==;Endpoint=y", "AccountName=x;AccountKey=c2***;Endpoint=y"),
        ('{"auths": {"r.io": {"auth": "dXNlcjpwYXNzd29yZA=="}}}', '{"auths": {"r.io": {"auth": "dX***"}}}'),
        ("https://hooks.slack.com/services/T00000000/B00000000/abcdefgh", "https://hooks.slack.com/services/T0***"),
        ("mysqldump -h db -u root -pcorrecthorse shop > x.sql", "mysqldump -h db -u root -pco*** shop > x.sql"),
        ("mysql -pcorrecthorse", "mysql -pco***"),
        ("sshpass -p correcthorse ssh host", "sshpass -p co*** ssh host"),
        ("curl -sS -u admin:correcthorse https://api", "curl -sS -u admin:co*** https://api"),
        ("curl --user=admin:correcthorse https://api", "curl --user=admin:co*** https://api"),
    ],
)
def test_values_behind_a_marker(line: str, masked: str) -> None:
    assert mask_line(line) == masked


@pytest.mark.parametrize(
    "line",
    [
        'resource "aws_secretsmanager_secret" "db_password" {',
        "  password = var.db_password",
        "  password = random_password.db.result",
        '  password = "${var.db_password}"',
        '  password = data.aws_ssm_parameter.db["x"].value',
        '  password = file("password.txt")',
        "  manage_master_user_password = true",
        '  secret_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db"',
        '  secret_name = "production-db"',
        "  minimum_password_length = 14",
        '  password_policy = "strict-enough"',
        '  token_endpoint = "https://example.org/token"',
        '  kms_master_key_id = "alias/aws/s3"',
        '  key = "prod/terraform.tfstate"',
        '  hash_key = "customer-id"',
        '  source = "git::https://github.com/a/b.git?ref=3f786850e387550fdab836ed7e6dc881de23001b"',
        '  cidr_blocks = ["0.0.0.0/0"]',
        '  ami = "ami-0123456789abcdef0"',
        "  password: ${{ secrets.DB_PASSWORD }}",
        "  secretName: web-certificate",
        '  if [ -z "$PASSWORD" ]; then',
        "  PASSWORD=$(aws secretsmanager get-secret-value)",
        "the password is not rotated: set a rotation",
        "mysql -P 3306 -u root -p shop",
        "mysql -p$DB_PASSWORD -u root",
        "mkdir -p /var/lib/mysql/data",
        'curl -fsSL -u "$USER:$WORD" -o x https://api',
    ],
)
def test_what_is_no_secret_stays(line: str) -> None:
    assert mask_line(line) == line


@given(st.text(max_size=300))
def test_masking_any_line_is_stable_and_keeps_it_one_line(line: str) -> None:
    masked = mask_line(line)
    assert mask_line(masked) == masked
    assert masked.count("\n") == line.count("\n")


FRAGMENTS = (
    *("password", '"', "'", "\\", "=", ":", " ", "\n", "${", "}", "[", "]", "{", "secret", "name", "value", "<<EOT", "EOT", "x"),
    *("-----BEGIN PRIVATE KEY-----", "://a:b@"),
)


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join))
def test_masking_any_text_is_stable_and_keeps_its_lines(text: str) -> None:
    masked = mask_text(text)
    assert masked.count("\n") == text.count("\n")
    assert mask_text(masked) == masked


SECRET = "correcthorsebattery"
CONTEXTS = {
    "private key": f"key = <<EOT\n-----BEGIN RSA PRIVATE KEY-----\nMIIE{SECRET}\n{SECRET}==\n-----END RSA PRIVATE KEY-----\nEOT\n",
    "escaped private key": f'key = "-----BEGIN PRIVATE KEY-----\\nMIIE{SECRET}\\n-----END PRIVATE KEY-----"',
    "heredoc": f"secret_string = <<-EOT\n  {SECRET}\n  EOT\n",
    "variable": f'variable "db_password" {{\n  type    = string\n  default = "{SECRET}"\n}}\n',
    "variable on a line": f'variable "db_password" {{ default = "{SECRET}" }}\n',
    "sensitive variable on a line": f'variable "x" {{ sensitive = true, default = "{SECRET}" }} # c\n',
    "sensitive variable": f'variable "x" {{\n  default   = "{SECRET}"\n  sensitive = true\n}}\n',
    "value below its name": f'{{\n  name  = "DB_PASSWORD"\n  value = "{SECRET}"\n}}\n',
    "value above its name": f'{{\n  value = "{SECRET}"\n  name  = "DB_PASSWORD"\n}}\n',
    "environment of a container": f"env:\n  - name: API_TOKEN\n    value: {SECRET}\n",
    "JSON environment": f'[{{"name": "API_TOKEN",\n  "value": "{SECRET}"}}]',
    "block scalar": f"password: |\n  {SECRET}\nother: 1\n",
    "encoded structure": f'secret_string = jsonencode({{\n  user = "app"\n  code = "{SECRET}"\n}})\n',
    "parameter": f'resource "aws_ssm_parameter" "x" {{\n  type  = "SecureString"\n  value = "{SECRET}"\n}}\n',
    "parameter in a heredoc": f'resource "x" "x" {{\n  type  = "SecureString"\n  value = <<EOT\n{SECRET}\nEOT\n}}\n',
    "Kubernetes Secret": f'apiVersion: v1\nkind: Secret\nmetadata:\n  name: x\nstringData:\n  a: {SECRET}\n  b: "{SECRET}"\n',
    "Kubernetes Secret, data first": f"data:\n  a: {SECRET}\nkind: Secret\n",
}


@pytest.mark.parametrize("case", CONTEXTS)
def test_what_only_the_lines_around_show(case: str) -> None:
    text = CONTEXTS[case]
    masked = mask_text(text)
    assert SECRET not in masked
    lines = text.split("\n")
    for number in range(1, len(lines) + 1):
        assert SECRET not in mask_lines(lines, number, number, hidden(text))[0]
    assert SECRET not in mask_text(text.replace("\n", "\r\n"))


def test_neighbours_of_secrets_stay() -> None:
    text = 'variable "db_password" {\n  default = "correcthorse"\n}\nname = "web"\n---\nkind: ConfigMap\ndata:\n  a: plain\n'
    assert mask_text(text) == text.replace("correcthorse", "co***")


def test_a_pair_on_one_line_keeps_its_name() -> None:
    assert mask_text('{\n  { name = "DB_PASSWORD", value = "correcthorse" }\n}') == '{\n  { name = "DB_PASSWORD", value = "co***" }\n}'


def test_labels_of_blocks_stay() -> None:
    line = 'resource "aws_db_instance" "main" {'
    assert mask_literals(line) == line
    assert mask_literals('  value = "correcthorse"') == '  value = "co***"'


def test_what_a_template_inserts_stays() -> None:
    assert mask_line('password = "correcthorse-${var.suffix}"') == 'password = "co***${var.suffix}"'
    assert mask_literals('  url = "https://x?p=${aws_ssm_parameter.p.value}&q=1"') == '  url = "ht***${aws_ssm_parameter.p.value}***"'


def test_keys_of_objects_stay() -> None:
    assert mask_literals('  "user": "correcthorse", "x" = "correcthorse"') == '  "user": "co***", "x" = "co***"'
    assert mask_literals('{\\"user\\": \\"correcthorse\\"}') == '{\\"user\\": \\"co***\\"}'


def test_data() -> None:
    environment = [{"name": "API_TOKEN", "value": SECRET}, {"name": "PORT", "value": "80"}]
    assert mask_data({"user": "app", "password": SECRET, "env": environment, "n": 1, "t": None}) == {
        "user": "app",
        "password": "co***",
        "env": [{"name": "API_TOKEN", "value": "co***"}, {"name": "PORT", "value": "80"}],
        "n": 1,
        "t": None,
    }
    assert mask_data(SECRET, "master_password") == "co***"


@pytest.mark.parametrize(
    ("name", "secret"),
    [("password", True), ("PWD", False), ("secrets", True), ("tokenizer", False), ("", False), ("pass", False)],
)
def test_names(name: str, secret: bool) -> None:
    assert secret_name(name) is secret


def test_a_short_secret_shows_nothing() -> None:
    assert mask("abc") == "***"
    assert mask("abcdefgh") == "ab***"


HUGE = (
    *("a", "password=", '"', "\\", '{"a":', "eyJ", "[", "password=[", 'password=["a"', "password: ", "password: $x ", "password=var."),
    *('password="', 'password=\\"', "a://", "bearer ", "-----BEGIN PRIVATE KEY-----", 'value="x" ', "name=a ", f"name=a{' ' * 500}"),
    *("--password ", "sk_live_", 'password=["${x}"', "mysql ", "mysql -p ", "curl -u a", "sshpass -p "),
)


@pytest.mark.parametrize("part", HUGE)
def test_hostile_lines_do_not_take_quadratic_time(part: str) -> None:
    """In quadratic time each of these takes minutes."""
    line = part * (400_000 // len(part))
    mask_line.__wrapped__(line)
    mask_text(f"{line}\n{line[:4000]}\n")
    mask_text(f"{part}\n" * 20_000)


LINES = (
    *("password = <<EOT", "type = SecureString", "kind: Secret", "data:", "password: |", "password = [", 'variable "password" {'),
    "name = password\nvalue = <<EOT",
)


@pytest.mark.parametrize("line", LINES)
def test_hostile_texts_do_not_take_quadratic_time(line: str) -> None:
    hidden(f"{line}\n" * 30_000)
    hidden(f"{line}\n  default = x\n  value = x\n" * 10_000)


def test_a_secret_in_base64_is_masked() -> None:
    script = base64.b64encode(b"#!/bin/sh\nexport DATABASE_PASSWORD=Xy7kQp29vLmW\n").decode()
    assert script not in mask_line(f'user_data = "{script}"')
    assert mask_line(f'user_data = "{script}"').startswith('user_data = "Iy')


def test_base64_without_a_secret_stays() -> None:
    for plain in (base64.b64encode(b"#!/bin/sh\nyum install -y nginx\n").decode(), "a" * 64, "0123456789abcdef0123456789abcdef"):
        assert mask_line(f'value = "{plain}"') == f'value = "{plain}"'
