"""`translate` and `static` as Django has them; where what they print hangs on the language alone it is made once."""

from __future__ import annotations

from django import template
from django.template.base import FilterExpression, Node, Parser, Token, Variable
from django.template.context import Context
from django.templatetags.i18n import TranslateNode, do_translate
from django.templatetags.static import StaticNode, do_static
from django.utils.translation import get_language

register = template.Library()


class Constant(Node):
    """A node that prints the same for every request in a language; it keeps what it printed."""

    def __init__(self, node: Node, name: str | None) -> None:
        self.node = node
        self.name = name
        """Under which the text is put on the page's context, instead of being printed."""
        self.made: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        """The text, or nothing where it goes under a name."""
        language = get_language()
        text = self.made.get(language)
        if text is None:
            printed = self.node.render(context)
            text = self.made[language] = context[self.name] if self.name else printed
        if self.name is None:
            return text
        context[self.name] = text
        return ""


def _is_fixed(given: FilterExpression) -> bool:
    literal = given.var.literal if isinstance(given.var, Variable) else given.var
    return not given.filters and isinstance(literal, str)


@register.tag("translate")
def translate(parser: Parser, token: Token) -> Node:
    """Django's tag; a text that stands in the template is looked up once per language."""
    node: TranslateNode = do_translate(parser, token)
    if node.noop or node.message_context or not _is_fixed(node.filter_expression):
        return node
    return Constant(node, node.asvar)


@register.tag("static")
def static(parser: Parser, token: Token) -> Node:
    """Django's tag; the address of a file named in the template is looked up once."""
    node: StaticNode = do_static(parser, token)
    return Constant(node, node.varname) if _is_fixed(node.path) else node
