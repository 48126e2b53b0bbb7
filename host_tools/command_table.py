"""Name the subcommands of `instep`.

Subcommand: module and name of its click command, and its line in the help. Modules are imported when the subcommand
is called, so that the help is quick. A table, and not entry points of the installed package: it is read faster than
the metadata of all packages, and a new command needs no new installation. Only this table names the simulator.
"""

COMMANDS = {
    "bench": ("host_tools.commands.bench:bench", "Measure every figure that has a target."),
    "board": ("host_tools.commands.board:board", "Check, show and compile boards."),
    "calibrate": ("host_tools.commands.calibrate:calibrate", "Measure a newly built machine."),
    "campaign": ("sim.commands.campaign:campaign", "Inject every fault in every phase of a session."),
    "compare": ("host_tools.commands.compare:compare_traces", "Lay two recorded sessions over each other."),
    "completion": ("host_tools.commands.completion:completion", "Let the shell complete commands, names and options."),
    "doctor": ("host_tools.commands.doctor:doctor", "Run the machine's self-test and give advice."),
    "faults": ("sim.commands.faults:faults", "List the simulator's faults."),
    "flash": ("host_tools.commands.flash:flash", "Put the firmware on a board."),
    "jog": ("host_tools.commands.jog:jog", "Move one axis of the machine by hand."),
    "logs": ("host_tools.commands.logs:logs", "Show the machine's last sessions and faults."),
    "monitor": ("host_tools.commands.monitor:monitor", "Watch the machine live."),
    "page": ("sim.commands.page:page", "Open the machine in the browser."),
    "program": ("host_tools.commands.program:program", "Check, build and show stroke programs."),
    "run": ("host_tools.commands.run:run", "Send a program to the machine and follow its session."),
    "search": ("sim.commands.search:search", "Find a stroke program for a wished dose."),
    "settings": ("host_tools.commands.settings:settings", "Show or change the machine's stored settings."),
    "sim": ("sim.commands.sim:sim", "Run a massage on the simulated machine."),
}
