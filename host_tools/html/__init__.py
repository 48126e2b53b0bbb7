"""Pages of HTML that need nothing but themselves: templates, one style sheet that all share, one palette."""
