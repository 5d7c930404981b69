"""Reads the settings: file, then environment over it, then secrets. Every mistake names its place and its remedy."""

from __future__ import annotations

import dataclasses
import difflib
import tomllib
import types
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_settings import EnvSettingsSource, SettingsError

from mailbox_config.mail import Account, SendingSettings
from mailbox_config.settings import Settings
from records.errors import Misconfigured

L = TypeVar("L", Account, SendingSettings)

PREFIX = "INTAKE__"
FILE_NAME = "intake.toml"
_SECRET_WORDS = ("password", "secret", "passphrase", "api_key", "apikey")


def load_settings(path: Path, environment: Mapping[str, str]) -> Settings:
    """The settings of this file with the environment over it; paths absolute. Misconfigured when anything is wrong."""
    data = read_toml(path, what="settings file")
    _refuse_secrets(data, path)
    _refuse_unknown(data, path)
    merged = _over(data, _environment_values(environment))
    try:
        settings = Settings(**merged)
    except ValidationError as error:
        raise _explain(error, path, data) from None
    return _with_absolute_paths(settings, path.resolve().parent)


def read_toml(path: Path, *, what: str) -> dict[str, Any]:
    """What a TOML file says; Misconfigured names the file and what to do when it cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        example = Path(__file__).parent / f"{path.stem}.example.toml"
        hint = f"Copy {example} to {path} and fill it in." if example.exists() else "Correct the path."
        raise Misconfigured(f"There is no {what} at {path}.", hint=hint) from None
    except OSError as error:
        raise Misconfigured(
            f"The {what} {path} cannot be opened: {error.strerror}.", hint="Correct its path or its permissions."
        ) from error
    except UnicodeDecodeError as error:
        raise Misconfigured(f"The {what} {path} is not UTF-8 text.", hint="Save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise Misconfigured(f"{path} is not valid TOML: {error}.", hint="Correct the line it names.") from error


def known_keys(model: type[Any], prefix: str = "") -> Iterator[str]:
    """Every key of a settings model as a dotted path; keys of listed items as `chasing.rapid_review.steps[].to`."""
    for name, annotation in _members(model).items():
        path = f"{prefix}{name}"
        yield path
        inner, many = _inner(annotation)
        if inner is not None:
            yield from known_keys(inner, f"{path}[]." if many else f"{path}.")


def unknown_keys(data: Mapping[str, Any], model: type[Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Each key of `data` that the model does not know, as a dotted path, with the nearest known key ("" for none)."""
    members = _members(model)
    for key, value in data.items():
        if key not in members:
            close = difflib.get_close_matches(key, list(members), n=1, cutoff=0.6)
            yield f"{prefix}{key}", f"{prefix}{close[0]}" if close else _elsewhere(key, model)
            continue
        inner, many = _inner(members[key])
        if inner is None:
            continue
        if many and isinstance(value, list):
            for index, item in enumerate(value):
                if isinstance(item, Mapping):
                    yield from unknown_keys(item, inner, f"{prefix}{key}[{index}].")
        elif isinstance(value, Mapping):
            yield from unknown_keys(value, inner, f"{prefix}{key}.")


def unknown_key_error(path: Path, key: str, nearest: str) -> Misconfigured:
    """The error for a key that no setting has."""
    hint = f"Did you mean “{nearest}”?" if nearest else "Remove it, or look the name up in the example file."
    return Misconfigured(f"{path} has an unknown key “{key}”.", hint=hint)


class _GivenEnvironment(EnvSettingsSource):
    """pydantic-settings' own reading of environment variables, from a mapping that is handed in."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._given = environment
        super().__init__(Settings)

    def _load_env_vars(self) -> Mapping[str, str | None]:
        return {name.lower(): value for name, value in self._given.items()}


def _environment_values(environment: Mapping[str, str]) -> dict[str, Any]:
    ours = {name: value for name, value in environment.items() if name.upper().startswith(PREFIX)}
    known = {path for path in known_keys(Settings) if "[]" not in path}
    for name in sorted(ours):
        path = name[len(PREFIX) :].lower().replace("__", ".")
        if path not in known:
            close = difflib.get_close_matches(path, sorted(known), n=1, cutoff=0.6)
            nearest = f"{PREFIX}{close[0].replace('.', '__').upper()}" if close else ""
            raise Misconfigured(
                f"The environment variable {name} is not a setting.",
                hint=f"Did you mean {nearest}?" if nearest else "Remove it.",
            )
    try:
        return _GivenEnvironment(ours)()
    except SettingsError as error:
        raise Misconfigured(
            f"An environment variable cannot be read: {error}.", hint='Lists are written as ["one", "two"].'
        ) from None


def _refuse_secrets(data: Mapping[str, Any], path: Path, prefix: str = "") -> None:
    for key, value in data.items():
        here = f"{prefix}{key}"
        if isinstance(value, Mapping):
            _refuse_secrets(value, path, f"{here}.")
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, Mapping):
                    _refuse_secrets(item, path, f"{here}.")
        elif any(word in key.lower() for word in _SECRET_WORDS) and not key.endswith("_file"):
            variable = f"{PREFIX}{here.replace('.accounts.', '.').replace('.', '__').upper()}"
            raise Misconfigured(
                f"{path} holds a secret under “{here}”.",
                hint=f"Take it out of the file; set the environment variable {variable}, or name a file that holds it "
                f"under “{here}_file”.",
            )
    url = data.get("url") if prefix == "database." else None
    if isinstance(url, str) and "://" in url and ":" in url.split("://", 1)[1].rpartition("@")[0]:
        raise Misconfigured(
            f"{path} holds a password inside “database.url”.",
            hint="Leave the password out of the address; set INTAKE__DATABASE__PASSWORD or database.password_file.",
        )


def _refuse_unknown(data: Mapping[str, Any], path: Path) -> None:
    for key, nearest in unknown_keys(data, Settings):
        raise unknown_key_error(path, key, nearest)


def _explain(error: ValidationError, path: Path, data: Mapping[str, Any]) -> Misconfigured:
    first = error.errors(include_url=False, include_input=False)[0]
    key = _dotted(first["loc"])
    message = str(first["msg"]).removeprefix("Value error, ")
    if first["type"] == "missing":
        return Misconfigured(f"{path} lacks “{key}”.", hint="Fill it in; the example file shows how.")
    where = str(path) if _is_in(data, first["loc"]) else f"The environment variable {PREFIX}{_variable(key)}"
    return Misconfigured(f"{where}: “{key}” is not right: {message}.", hint="Correct it; the example file shows how.")


def _over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        lower = merged.get(key)
        both = isinstance(lower, Mapping) and isinstance(value, Mapping)
        merged[key] = _over(lower, value) if both else value  # type: ignore[arg-type]  # both are mappings here
    return merged


def _with_absolute_paths(settings: Settings, home: Path) -> Settings:
    def absolute(path: Path | None) -> Path | None:
        return None if path is None else home / path.expanduser()

    def with_files(login: L) -> L:
        files = {"password_file": absolute(login.password_file), "certificates": absolute(login.certificates)}
        return login.model_copy(update=files)

    folders = settings.folders
    return settings.model_copy(
        update={
            "folders": folders.model_copy(
                update={
                    "data": absolute(folders.data),
                    "outbox": absolute(folders.outbox),
                    "watched": tuple(absolute(folder) for folder in folders.watched),
                    "letter_templates": absolute(folders.letter_templates),
                    "wordings": absolute(folders.wordings),
                }
            ),
            "files": settings.files.model_copy(
                update={
                    "directory": absolute(settings.files.directory),
                    "rule_policy": absolute(settings.files.rule_policy),
                }
            ),
            "database": settings.database.model_copy(
                update={"password_file": absolute(settings.database.password_file)}
            ),
            "mailbox": settings.mailbox.model_copy(
                update={"accounts": tuple(with_files(account) for account in settings.mailbox.accounts)}
            ),
            "sending": with_files(settings.sending),
        }
    )


def _members(model: type[Any]) -> dict[str, Any]:
    if isinstance(model, type) and issubclass(model, BaseModel):
        return {name: info.annotation for name, info in model.model_fields.items()}
    return {item.name: item.type for item in dataclasses.fields(model)}


def _inner(annotation: Any) -> tuple[type[Any] | None, bool]:
    """The settings model behind a field, and whether the field is a list of such models."""
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        return next((found for found in map(_inner, get_args(annotation)) if found[0]), (None, False))
    if origin in (tuple, list):
        inner, _ = _inner(get_args(annotation)[0])
        return inner, True
    if isinstance(annotation, type) and (issubclass(annotation, BaseModel) or dataclasses.is_dataclass(annotation)):
        return annotation, False
    return None, False


def _elsewhere(key: str, model: type[Any]) -> str:
    return next((path for path in known_keys(model) if path.rpartition(".")[2] == key), "")


def _dotted(location: tuple[int | str, ...]) -> str:
    text = ""
    for part in location:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _variable(key: str) -> str:
    return key.partition("[")[0].replace(".", "__").upper()


def _is_in(data: Any, location: tuple[int | str, ...]) -> bool:
    for part in location:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return False
    return True
