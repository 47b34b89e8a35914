"""Where things are in the project folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SERVICES = ("identity", "accounts", "transactions", "notifications")


@dataclass(frozen=True, slots=True)
class Places:
    """The project folder; `home`, for what is fetched and built; `run`, for what an installation keeps.

    Both are `.run/` unless MIKROF_RUN names another folder for a second installation of the same sources.
    """

    root: Path
    run: Path

    @classmethod
    def of(cls, root: Path, environment: Mapping[str, str]) -> "Places":
        """Return the places that the environment asks for."""
        return cls(root, Path(environment.get("MIKROF_RUN") or root / ".run").resolve())

    @property
    def home(self) -> Path:
        """What is fetched and built; it can be removed at any time."""
        return self.root / ".run"

    @property
    def venv(self) -> Path:
        """The project's Python packages."""
        return self.home / "venv"

    @property
    def python(self) -> Path:
        """The Python of the project's packages."""
        return self.venv / "bin" / "python"

    @property
    def site_packages(self) -> Path:
        """Where the packages lie; the folder need not exist yet."""
        found = sorted(self.venv.glob("lib/python3.*/site-packages"))
        return found[0] if found else self.venv / "lib"

    @property
    def tools(self) -> Path:
        """Programs fetched because the machine has none."""
        return self.home / "tools"

    @property
    def stamps(self) -> Path:
        """What was made from what (see `stamps`)."""
        return self.home / "stamps"

    @property
    def logs(self) -> Path:
        """One file a process."""
        return self.run / "logs"

    @property
    def keys(self) -> Path:
        """Signing, sealing and field keys of this installation."""
        return self.run / "keys"

    @property
    def database(self) -> Path:
        """The embedded PostgreSQL's data."""
        return self.run / "database"

    @property
    def broker(self) -> Path:
        """The private RabbitMQ node's folder."""
        return self.run / "broker"

    @property
    def blobs(self) -> Path:
        """Encrypted documents (mechanics T7)."""
        return self.run / "blobs"

    @property
    def seals(self) -> Path:
        """The registers of published seals (mechanics D9); in earnest they lie on another disk."""
        return self.run / "seals"

    @property
    def founding(self) -> Path:
        """The founding administrators' one-time passwords."""
        return self.run / "founding.json"

    @property
    def demo(self) -> Path:
        """The demo's sign-ins, for people and programs."""
        return self.run / "demo.json"

    @property
    def postbox(self) -> Path:
        """The messages of the local sender, codes among them."""
        return self.run / "postbox.jsonl"

    @property
    def frontend(self) -> Path:
        """The Vite project."""
        return self.root / "gateway" / "frontend"

    @property
    def data(self) -> tuple[Path, ...]:
        """What `reset` removes: all that was entered or generated, nothing that was downloaded."""
        notebook = self.run / "demo-notebook.json"
        settings = self.run / "settings.json"
        return (
            self.database,
            self.broker,
            self.keys,
            self.blobs,
            self.seals,
            self.founding,
            self.demo,
            self.postbox,
            notebook,
            settings,
        )
