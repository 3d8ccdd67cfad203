"""Who acts: a signed-in person in one office that holds today. Commands take nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from mufakat.people.roles import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in an office. `region_code` is the office's region; `agency` is set for an OPD."""

    user_id: UUID
    office_id: UUID
    role: Role
    region_code: str
    label: str
    """The office in words, without a personal name: "Verifikator kecamatan, Kebomas"."""
    capacity: str = ""
    agency: str = ""

    @property
    def kabupaten(self) -> str:
        """Code of the regency the office belongs to."""
        return self.region_code[:5]

    @property
    def kecamatan(self) -> str:
        """Code of the kecamatan, empty for an office of the regency."""
        return self.region_code[:8] if len(self.region_code) >= 8 else ""

    def works_in(self, code: str) -> bool:
        """Whether `code` lies in the office's region."""
        return code == self.region_code or code.startswith(self.region_code + ".")
