"""A line of a contract by which a kind of help, or whatever fits in a budget, can be ordered."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("providers", "0001_tables")]

    operations = [
        migrations.AlterField(
            model_name="product",
            name="category",
            field=models.CharField(blank=True, max_length=2, verbose_name="product category"),
        ),
        migrations.AlterField(
            model_name="product",
            name="code",
            field=models.CharField(blank=True, max_length=5, verbose_name="product code"),
        ),
        migrations.RemoveConstraint(model_name="product", name="providers_product_code_once"),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.UniqueConstraint(fields=("lot", "category", "code"), name="providers_product_once"),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=(~models.Q(code="") & ~models.Q(category="")) | models.Q(code="", unit="", result=""),
                name="providers_product_open_without_unit",
            ),
        ),
    ]
