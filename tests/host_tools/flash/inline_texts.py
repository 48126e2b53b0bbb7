"""Programs in which functions call each other, for the test of inlining."""

# `note` stands for all that others can see. Each text defines `run(given)`.
HEAD = """
def note(value):
    seen.append(value)
    return value

class Pair:
    def __init__(self):
        self.left = 1
        self.right = 2
"""

TEXTS = {
    "a method that is called once": """
        class A(object if False else Pair): pass
        class B:
            def __init__(self): self.sum = 0
            def add(self, given):
                self._take(given, note(given + 1))
                return self.sum
            def _take(self, given, more):
                for step in range(given):
                    self.sum += step * more
        def run(given):
            return B().add(given)
    """,
    "returns in branches": """
        def run(given):
            size = _size(given)
            if _is_odd(size):
                return size
            return _name(given) + note("end")
        def _size(given):
            if given > 3:
                return given * 2
            if given > 2:
                note("two")
            elif given > 1:
                return 7
            return given
        def _is_odd(size):
            note(size)
            if size & 1:
                return True
            return False
        def _name(given):
            name = "a"
            while given > 0:
                given -= 1
                name += "b"
            return name
    """,
    "the order of two calls in an expression": """
        def run(given):
            return note("first") + note(_second(given))
        def _second(given):
            note("second")
            return str(given)
    """,
    "a call that may be left out": """
        def run(given):
            return given > 2 and _called(given)
        def _called(given):
            note("called")
            return given
    """,
    "later parts of and and or": """
        def run(given):
            first = given > 4 or _first(given) or _second(given)
            if given and _third(given):
                note("if")
            if given > 3 and _fourth(given):
                note("then")
            else:
                note("else")
            return note(first) and _fifth(given)
        def _first(given):
            note("first")
            return given > 3
        def _second(given):
            note("second")
            return given + 2 if given & 1 else 0
        def _third(given):
            if given > 2:
                return note(True)
            return False
        def _fourth(given):
            note(given)
            return given - 4
        def _fifth(given):
            note(given)
            return 5
    """,
    "a value that the body changes": """
        class B:
            def __init__(self): self.count = 0
            def both(self): return self.count + self._next()
            def _next(self):
                self.count += 1
                return self.count
        def run(given):
            b = B()
            return [b.both(), b.both()]
    """,
    "a sum with its own name": """
        class B:
            def __init__(self): self.count = given_before
            def twice(self):
                self.count += self._next()
                return self.count
            def _next(self):
                self.count = 10
                return 1
        given_before = 3
        def run(given):
            return B().twice()
    """,
    "names that the caller has too": """
        def run(given):
            total = 1
            for i in range(given + 1):
                total += _inner(i, total)
            return total, i
        def _inner(total, given):
            i = total * given
            i += 1
            return i
    """,
    "a parameter that is set": """
        def run(given):
            kept = _halved(given)
            return kept, given
        def _halved(given):
            given = given // 2
            return given
    """,
    "defaults and keywords": """
        def run(given):
            return _sum(given, step=note(2)), _other(given)
        def _sum(given, more=5, step=1):
            return given + more * step
        def _other(given, sign=-1 if False else 1):
            return given * sign
    """,
    "a return in a loop": """
        def run(given):
            found = _first(given)
            return found
        def _first(given):
            for place in range(9):
                if place * place >= given:
                    return place
            return None
    """,
    "a return in a loop at the end": """
        def run(given):
            note(given)
            return _first(given)
        def _first(given):
            for place in range(9):
                if place * place >= given:
                    return place
    """,
    "an exception": """
        def run(given):
            try:
                _check(given)
            except ValueError as error:
                return str(error)
            return "fine"
        def _check(given):
            try:
                note(1 // given)
            except ZeroDivisionError as error:
                raise ValueError("zero") from error
    """,
    "properties and getters": """
        class Gauge:
            def __init__(self, pair): self.pair = pair
            @property
            def is_high(self): return self.pair.left > 1
            def other(self): return self.pair.right
        class Panel:
            def __init__(self, gauge): self.gauge = gauge
            def show(self):
                if not self.gauge.is_high:
                    note(self.gauge.other())
                self.gauge.pair.left = 3
                return self.gauge.is_high
        def run(given):
            return Panel(Gauge(Pair())).show()
    """,
    "a comprehension with the name of an argument": """
        def run(given):
            x = 2
            return _all(x, given)
        def _all(y, given):
            return [x * y for x in range(given)]
    """,
    "a name for a function": """
        class B:
            def __init__(self): self.call = self._noted
            def _noted(self, given): return note(given)
        def run(given):
            return B().call(given)
    """,
    "methods of the same name": """
        class B:
            def go(self, given): return note(given)
        class C:
            def go(self, given): return note(-given)
        def run(given):
            return [each.go(given) for each in (B(), C())]
    """,
    "a derived class": """
        class B:
            def run(self, given): return self._own(given)
            def _own(self, given): return 1
        class C(B):
            def _own(self, given): return 2
        def run(given):
            return C().run(given)
    """,
    "a function of itself": """
        def run(given):
            return _down(given)
        def _down(given):
            return 0 if given < 1 else 1 + _down(given - 1)
    """,
    "a loop's condition": """
        class B:
            def __init__(self): self.left = 3
            def run(self):
                while self._goes_on():
                    note(self.left)
                for step in self._steps():
                    note(step)
            def _goes_on(self):
                self.left -= 1
                return self.left > 0
            def _steps(self):
                note("steps")
                return [1, 2]
        def run(given):
            return B().run()
    """,
    "a value that nobody uses": """
        class B:
            def __init__(self): self.on = False
            def run(self, given):
                self._set(given)
                return self.on
            def _set(self, given):
                if given > 2:
                    self.on = True
                    return note("set")
                note("not set")
                return False
        def run(given):
            return B().run(given)
    """,
}
