"""`{% kept a b %} … {% endkept %}`: what is the same for everybody, drawn once for each language and value of a and b.

Between the tags nothing is known but the values named: nothing of one person can be kept for another.
"""

from typing import Any

from django.template.base import Node, NodeList, Parser, Token
from django.template.context import Context
from django.template.exceptions import TemplateSyntaxError
from django.template.loader_tags import BlockNode
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST = 64


class Kept(Node):
    def __init__(self, nodelist: NodeList, names: list[str]) -> None:
        self.nodelist, self.names = nodelist, names
        self.drawn: dict[Any, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        values = [context.get(name) for name in self.names]
        # With its type: a text that is safe already equals one that is not, and is drawn otherwise.
        key = (get_language(), *((type(value), value) for value in values))
        drawn = self.drawn.get(key)
        if drawn is None:
            drawn = self.nodelist.render(context.new(dict(zip(self.names, values, strict=True))))
            if len(self.drawn) < MOST:
                self.drawn[key] = drawn
        return drawn


def kept(parser: Parser, token: Token) -> Kept:
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    if nodelist.get_nodes_by_type(BlockNode):
        raise TemplateSyntaxError("A block differs from page to page: kept cannot hold one.")
    return Kept(nodelist, token.split_contents()[1:])
