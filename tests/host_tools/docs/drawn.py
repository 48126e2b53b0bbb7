"""What is written in a drawing."""

from xml.etree import ElementTree


def words_of(svg):
    """Return the texts of a drawing."""
    return [element.text for element in ElementTree.fromstring(svg).iter() if element.tag.endswith("text")]
