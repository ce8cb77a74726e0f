"""Hold the evaluations' figures to the floors of a TSV file; exit 1 where one is below.

    floors.py FLOORS.tsv DIR      DIR holds scenarios.json, extraction.json, articles.json

A row is: set, figure, floor. A floor with a leading "<=" is a ceiling. Floors only rise, in the commit that earns it.
"""
import json, pathlib, statistics, sys

floors, work = sys.argv[1], pathlib.Path(sys.argv[2])
here = {}
scenarios = json.loads((work / "scenarios.json").read_text())
here["scenarios", "mean"] = statistics.mean(r["score"] for r in scenarios)
here["scenarios", "least"] = min(r["score"] for r in scenarios)
here["scenarios", "problems"] = sum(len(r["problems"]) for r in scenarios)
for row in json.loads((work / "extraction.json").read_text()):
    here[row["set"], row["figure"]] = row["here"]
for name, value in json.loads((work / "articles.json").read_text()).items():
    here["articles", name] = value
bad = rows = 0
for line in open(floors, encoding="utf-8"):
    if not line.strip() or line.startswith("#"):
        continue
    group, figure, floor = line.rstrip("\n").split("\t")
    value, rows = here.get((group, figure)), rows + 1
    ok = value is not None and (value <= float(floor[2:]) if floor.startswith("<=") else value >= float(floor))
    if not ok:
        bad += 1
        print("BELOW ITS FLOOR: %s, %s: %s, floor %s" % (group, figure, value, floor))
print("%d floors, %d held" % (rows, rows - bad))
sys.exit(1 if bad or not rows else 0)
