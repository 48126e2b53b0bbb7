"""The look of the live view, in Textual's style language."""

CSS = """
Screen { background: $background; color: $foreground; }
#headline { height: 1; padding: 0 1; background: $surface; }
#body { height: 1fr; }
#feet { width: 1fr; padding-left: 1; }
.foot { width: 1fr; }
.foot-title { height: 1; padding-right: 1; }
FootCanvas { height: 1fr; width: 1fr; }
.captions { height: 1; }
.gauges { height: 4; padding-right: 1; }
#side { width: 25; }
#display {
    height: 10; width: 25; padding: 0 1; color: #bfe8f4; background: #05090d;
    border: round $rule; border-title-color: $muted; border-title-align: center;
}
#session { height: 6; padding: 0 1; }
#log { height: 1fr; padding: 0 1; }
Keypad { height: 1; align-horizontal: center; }
.button { width: auto; padding: 0 1; margin: 0 1 0 0; background: $panel; color: $foreground; text-align: center; }
.button:hover { background: $primary 30%; }
.button.lit { background: $primary; color: $background; }
#button-stop { color: $error; }
#button-stop.lit { background: $error; color: $background; }
Footer { background: $surface; height: 1; }

.-wide #headline { padding: 0 2; }
.-wide #side { width: 29; }
.-wide #display { width: 29; padding: 0 3; }
.-wide.-tall .foot, .-wide.-tall #session, .-wide.-tall #log {
    border: round $rule; border-title-color: $muted;
}
.-wide.-tall .foot { padding: 0 1; }
.-wide.-tall .foot-title, .-wide.-tall .gauges { padding-right: 0; }
.-wide.-tall #feet, .-narrow #feet { padding-left: 0; }
.-wide.-tall #session { height: 8; }
.-tall .gauges { height: 5; }
.-tall Keypad { height: 3; }
.-tall .button { border: round $rule; background: $background; min-width: 15; padding: 0 1; }
.-tall .button.lit { border: round $primary; background: $primary 25%; color: $foreground; }
.-tall #button-stop.lit { border: round $error; background: $error 25%; }
.-narrow #side { display: none; }
.-narrow Footer { display: none; }

ModalScreen { align: center middle; background: $background 55%; }
/* The device's own screen, at the upper right, has the machine's last word: it stays in sight. */
Banner { align: center bottom; background: $background 0%; }
#banner, #help {
    width: auto; max-width: 90%; height: auto; max-height: 100%; padding: 1 3;
    background: $surface; border: round $primary;
}
#banner { width: 60; align-horizontal: center; }
#banner Static { width: 100%; text-align: center; }
#banner-title { text-style: bold; color: $success; margin-bottom: 1; }
#banner-hint { color: $muted; margin-top: 1; }
#banner.result-done { border: round $success; }
#banner.result-refused, #banner.result-stopped { border: round $warning; }
.result-refused #banner-title, .result-stopped #banner-title { color: $warning; }
#banner.result-fault { border: round $error; }
.result-fault #banner-title { color: $error; }
#help Static { width: auto; }
"""
