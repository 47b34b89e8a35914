from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Blueprint as FlaskBlueprint
from flask import Flask
from marshmallow import Schema

class Api:
    ERROR_SCHEMA: type[Schema]
    spec: APISpec
    ma_plugin: MarshmallowPlugin
    def __init__(self, app: Flask | None = ..., *, spec_kwargs: dict[str, Any] | None = ...) -> None: ...
    def init_app(self, app: Flask, *, spec_kwargs: dict[str, Any] | None = ...) -> None: ...
    def register_field(self, field: type[Any], *args: Any) -> None: ...
    def register_blueprint(
        self, blp: Blueprint, *, parameters: list[Any] | None = ..., **options: Any
    ) -> None: ...
    def _register_error_handlers(self) -> None: ...

class Blueprint(FlaskBlueprint):
    description: str
    def __init__(self, name: str, import_name: str, *, description: str = ..., **options: Any) -> None: ...
