"""Scripts of any website may call a function through its URL.

## Why it matters
With all origins and all methods a browser lets every page on the internet send any request to the function and read the answer, in the
name of whoever has the page open: from inside a company network, or with what the browser attaches.

## Five whys
1. Why could a foreign page read the data? The function's URL allowed its origin.
2. Why? `allow_origins` and `allow_methods` are both `*`.
3. Why? The browser showed a CORS error in development, and the star made it go away.

## Fix now
`aws lambda update-function-url-config --function-name NAME --cors
'{"AllowOrigins":["https://shop.example.com"],"AllowMethods":["GET","POST"]}'`, the same in the code.

## Workaround
Compare the `Origin` header in the code with a list, and answer 403 to others.

## Prevent
Pass the origins as a variable per environment; a star only for public, read-only data without credentials.

## Validate
`curl -sI -X OPTIONS -H 'Origin: https://evil.example' -H 'Access-Control-Request-Method: POST' URL` has no
`access-control-allow-origin`.

## Bad
```hcl
resource "aws_lambda_function" "api" {
  function_name = "api"
  role          = "arn:aws:iam::111122223333:role/api"
}

resource "aws_lambda_function_url" "api" {
  function_name      = aws_lambda_function.api.function_name
  authorization_type = "AWS_IAM"

  cors {
    allow_origins = ["*"] # finding
    allow_methods = ["*"]
  }
}
```

## Good
```hcl
resource "aws_lambda_function" "api" {
  function_name = "api"
  role          = "arn:aws:iam::111122223333:role/api"
}

resource "aws_lambda_function_url" "api" {
  function_name      = aws_lambda_function.api.function_name
  authorization_type = "AWS_IAM"

  cors {
    allow_origins = ["https://shop.example.com"]
    allow_methods = ["GET", "POST"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule


@rule(target="aws_lambda_function", severity=Severity.MEDIUM, aliases="CKV2_AWS_75")
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for url in graph.attached(resource, "function_name", "aws_lambda_function_url"):
        cors = url.at("cors")
        origin = next((item for item in cors.each("allow_origins") if item.text == "*"), None)
        if origin is not None and any(item.text == "*" for item in cors.each("allow_methods")):
            yield Fail(origin, "scripts of any website may call the function with every method", expected="the origins of your own pages")
