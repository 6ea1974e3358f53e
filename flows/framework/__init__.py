"""What is asked and who answers: the instrument of a year and the city's profile."""

from flows.framework.city import load_city
from flows.framework.city_ids import check_city_id, newest_year
from flows.framework.dress import load_dress
from flows.framework.instrument import available_years, load_framework

__all__ = ["available_years", "check_city_id", "load_city", "load_dress", "load_framework", "newest_year"]
