"""Words that people put into passwords: the roots of the lists that attackers begin with, and our own."""

_WORDS = """
abcd access account admin administrator allah amar amarsonar angel apple august autumn bangla bangladesh
baseball batman branch bismillah changeme charlie chelsea chittagong computer cricket december default
dhaka diamond dragon epassbook facebook february football forever freedom friday friend google hannah
harley hello hunter iloveyou india internet january jasmine jessica jordan july june killer letmein
liverpool login loveyou manager march master matrix member michael microcredit microfinance mikrof
monday monkey mother mustang mypassword mypass ngo november october office officer orange pakistan pass
passbook passcode passphrase passw password passwd pepper princess purple pussword qazwsx rajshahi
samity samsung saturday savings secret september service shadow silver skywalker sonar soccer spring
staff starwars summer sunday sunshine superman sylhet taka temp temporary test testing thursday tiger
trustno tuesday user username wednesday welcome whatever winter yourpassword zaq
love life baby good money year bangal desh golden cool best this that the and you your for not new is my
"""
COMMON = frozenset(_WORDS.split())
