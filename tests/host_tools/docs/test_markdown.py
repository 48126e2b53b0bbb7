"""Pieces of Markdown: links that lead out of `docs/`, tables of any width."""

from host_tools.docs.markdown import link, made_from, table


def test_a_link_leads_from_docs_to_the_repository():
    assert link("sim/README.md") == "[sim/README.md](../sim/README.md)"
    assert link("sim/README.md", "the simulator") == "[the simulator](../sim/README.md)"


def test_a_table_has_a_line_for_head_rule_and_each_row():
    assert table(("a", "b"), [("1", "2"), ("3", "4")]) == ["| a | b |", "|---|---|", "| 1 | 2 |", "| 3 | 4 |"]
    assert table(("only",), []) == ["| only |", "|---|"]


def test_the_head_of_a_generated_page_names_its_source_and_the_command():
    assert made_from("x.py").startswith("<!--") and "`make docs` from x.py" in made_from("x.py")
