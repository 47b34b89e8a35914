"""What a loan's schedule and its payments say on a day: rules without tables or clocks."""
