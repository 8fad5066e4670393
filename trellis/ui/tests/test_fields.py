from datetime import date

import pytest
from django import forms

from trellis.ui.tests.factories import draw


class Sample(forms.Form):
    name = forms.CharField(label="Name", help_text="A first name is enough.")
    note = forms.CharField(label="Note", widget=forms.Textarea(attrs={"class": "own"}), required=False)
    when = forms.ChoiceField(label="When", widget=forms.RadioSelect, choices=[("am", "Morning"), ("pm", "Evening")])
    days = forms.MultipleChoiceField(
        label="Days", widget=forms.CheckboxSelectMultiple, choices=[("m", "Mon")], required=False
    )
    born = forms.DateField(label="Born", initial=date(1990, 5, 2))
    at = forms.TimeField(label="At", required=False)
    both = forms.DateTimeField(label="Both", required=False)
    split = forms.SplitDateTimeField(label="Split", required=False)
    text = forms.BooleanField(label="Text me", required=False)
    shut = forms.CharField(label="Shut", required=False, disabled=True)
    stamp = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        if self.cleaned_data.get("name") == "nobody":
            raise forms.ValidationError("Nobody is not a name.")


def test_a_text_field_has_label_help_and_class() -> None:
    html = draw("{% field form.name %}", form=Sample())
    assert '<label for="id_name">Name</label>' in html
    assert 'class="input"' in html
    assert 'aria-describedby="id_name_helptext"' in html
    assert 'id="id_name_helptext"' in html


def test_what_is_not_needed_says_so() -> None:
    assert "(optional)" in draw("{% field form.note %}", form=Sample())
    assert "(optional)" not in draw("{% field form.shut %}", form=Sample())
    assert 'class="input own"' in draw("{% field form.note %}", form=Sample())


def test_a_form_may_leave_it_unsaid() -> None:
    form = Sample()
    form.says_optional = False
    assert "(optional)" not in draw("{% field form.note %}", form=form)


def test_choices_are_rows_to_tap_inside_a_fieldset() -> None:
    html = draw("{% field form.when look='segments' %}", form=Sample())
    assert '<fieldset class="field segments"' in html
    assert "<legend>When</legend>" in html
    assert html.count('<label class="choice"') == 2
    assert 'type="checkbox"' in draw("{% field form.days %}", form=Sample())


def test_one_box_stands_before_its_label() -> None:
    html = draw("{% field form.text %}", form=Sample())
    assert '<label class="choice" for="id_text"><input type="checkbox"' in html


@pytest.mark.parametrize(("name", "kind"), [("born", "date"), ("at", "time"), ("both", "datetime-local")])
def test_days_and_hours_get_the_browsers_own_picker(name: str, kind: str) -> None:
    assert f'type="{kind}"' in draw("{% field form.x %}".replace("x", name), form=Sample())


def test_a_date_is_written_the_way_the_picker_reads_it() -> None:
    assert 'value="1990-05-02"' in draw("{% field form.born %}", form=Sample())


def test_a_date_nobody_can_read_is_not_lost() -> None:
    html = draw("{% field form.born %}", form=Sample({"born": "May the second"}))
    assert 'type="text"' in html
    assert 'value="May the second"' in html


def test_several_boxes_of_one_answer_stand_in_one_fieldset() -> None:
    assert "<fieldset" in draw("{% field form.split %}", form=Sample())


def test_a_hidden_field_stays_hidden() -> None:
    assert draw("{% field form.stamp %}", form=Sample()).strip() == '<input type="hidden" name="stamp" id="id_stamp">'


def test_a_page_with_one_question_has_it_as_its_heading() -> None:
    assert "<legend><h1>When</h1></legend>" in draw("{% field form.when legend_heading=True %}", form=Sample())
    assert "<h1>Name</h1>" in draw("{% field form.name legend_heading=True hint='Other help.' %}", form=Sample())
    assert "Other help." in draw("{% field form.name hint='Other help.' %}", form=Sample())


def test_a_label_may_be_heard_only() -> None:
    assert 'class="field unseen"' in draw("{% field form.name hide_label=True %}", form=Sample())


def test_an_error_is_tied_to_its_field() -> None:
    html = draw("{% field form.when %}", form=Sample({}))
    assert "has-error" in html
    assert 'id="id_when_error"' in html
    assert 'aria-describedby="id_when_error"' in html


def test_the_summary_leads_to_each_answer() -> None:
    html = draw("{% form_errors form %}", form=Sample({"name": "Ana"}))
    assert 'role="alert"' in html
    assert 'href="#id_when_0"' in html or 'href="#id_when"' in html
    assert 'href="#id_born"' in html


def test_the_summary_holds_what_belongs_to_no_field() -> None:
    html = draw("{% form_errors form %}", form=Sample({"name": "nobody", "when": "am", "born": "1990-05-02"}))
    assert "Nobody is not a name." in html
    assert "One answer needs a look" in html


def test_without_errors_there_is_no_summary() -> None:
    assert draw("{% form_errors form %}", form=Sample()).strip() == ""


def test_all_fields_of_a_form_come_in_order() -> None:
    html = draw("{% fields form %}", form=Sample())
    assert html.index("id_stamp") < html.index("id_name") < html.index("id_when") < html.index("id_text")
