"""Buttons fit into what Discord allows, and only those stand there that make sense."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.buttons import Action, Button
from bot.discord.layout import IN_A_ROW, ROWS, Menu, Row, Surroundings, rows
from bot.locale.catalogue import read_catalogues
from bot.panel import panel
from bot.requests import Chat
from bot.store.values import ChatSettings

CATALOGUES = read_catalogues()
SAY = CATALOGUES.speaking("en")
EDIT, DELETE = Button("Edit", Action("edit", "k")), Button("Delete", Action("delete", "k"))


def reading(number: int) -> Button:
    return Button(f"reading {number}", Action("choose", "k", 0, str(number)))


def buttons(shown: tuple[Row, ...]) -> list[Button]:
    return [button for row in shown for button in (row.options if isinstance(row, Menu) else row)]


def test_readings_are_gathered_in_one_menu() -> None:
    offered = [(reading(0),), (reading(1),), (reading(2),), (EDIT, DELETE)]
    menu, last = rows(offered, Surroundings(), SAY)
    assert menu == Menu((reading(0), reading(1), reading(2)))
    assert last == (EDIT, DELETE)


def test_what_is_hidden_can_be_shown_to_all() -> None:
    _, show, delete = buttons(rows([(EDIT, DELETE)], Surroundings(hidden=True), SAY))
    assert show == Button("Show to all", Action("show", "k")) and delete == DELETE
    assert rows([(EDIT, DELETE)], Surroundings(), SAY) == ((EDIT, DELETE),)


def test_every_setting_of_a_server_finds_room_and_watching_is_offered_where_it_works() -> None:
    offered = panel(ChatSettings(), Chat("discord", "7", private=False), CATALOGUES, SAY).buttons
    everything = {button for row in offered for button in row}

    watching = rows(offered, Surroundings(watching=True), SAY)
    blind = rows(offered, Surroundings(), SAY)

    assert len(watching) <= ROWS and set(buttons(watching)) == everything
    missing = everything - set(buttons(blind))
    assert [button.label for button in missing] == ["Every photo"]


@given(st.lists(st.lists(st.builds(reading, st.integers(0, 9)) | st.just(EDIT), max_size=12).map(tuple), max_size=9))
def test_no_more_is_shown_than_discord_takes(offered: list[tuple[Button, ...]]) -> None:
    shown = rows(offered, Surroundings(), SAY)
    assert len(shown) <= ROWS
    assert all(isinstance(row, Menu) or 1 <= len(row) <= IN_A_ROW for row in shown)
