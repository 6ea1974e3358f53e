"""The name of the city at the end of its offices' names is not printed on every line."""

from dataclasses import replace

from flows.agency_names import agency_name, agency_names
from flows.model import Agency
from flows.render.book import issuing_unit
from tests.builders.values import city

PLACE = city(name="Kabupaten Rekaan Selatan")


def test_an_office_of_the_city_is_named_without_it() -> None:
    office = Agency("dinkes", "Dinas Kesehatan Kabupaten Rekaan Selatan", "Dinkes", ("dinkes",))
    assert agency_name(office, PLACE) == "Dinas Kesehatan"
    assert (
        agency_name(replace(office, name="Badan Kepegawaian, Kabupaten Rekaan Selatan"), PLACE) == "Badan Kepegawaian"
    )


def test_a_name_that_needs_the_place_keeps_it() -> None:
    for name, group in (
        ("Kejaksaan Negeri Kabupaten Rekaan Selatan", "vertikal"),
        ("Forum Anak Kabupaten Rekaan Selatan", "mitra"),
        ("Kelurahan se-Kabupaten Rekaan Selatan", "opd"),
        ("Kabupaten Rekaan Selatan", "opd"),
        ("Dinas Kesehatan Kabupaten Rekaan Utara", "opd"),
    ):
        agency = Agency("a", name, "A", (), group=group)
        assert agency_name(agency, PLACE) == name


def test_letterhead_and_lists_name_offices_alike() -> None:
    lead = Agency("pppa", "Dinas Contoh Kabupaten Rekaan Selatan", "DP3A", ("pppa",), is_confirmed=True)
    place = replace(PLACE, agencies=(lead,))
    assert issuing_unit(place) == agency_names(place)["pppa"] == "Dinas Contoh"
